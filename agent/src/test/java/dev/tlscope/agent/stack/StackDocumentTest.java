package dev.tlscope.agent.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.agent.stack.jsse.JsseStack;
import dev.tlscope.agent.stack.provider.ProviderStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Compares src/docs/stacks.md with what the stacks declare, or generates it. */
class StackDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "src", "docs", "stacks.md");

    private static final List<TlsStack> STACKS = List.of(new JsseStack(), new ProviderStack());

    private static final String BEFORE = """
            # TLS stacks, and what is captured of each

            `mvn -Pdocs verify` makes this page from what the stacks declare. `tlscope attach`, `status` and `watch` name the classes with
            which a JVM does TLS, and how much of each is captured; a capture has them too, so that `explain` of a capture without a
            failure names what it cannot have. A class that passes its calls on to another SSLEngine or SSLSocket, as those of Netty's
            JdkSslEngine, Undertow and Elytron do, is a wrapper: the other one is captured.

            """;

    @BeforeAll
    static void write() throws IOException {
        if (Boolean.getBoolean("tlscope.write")) {
            Files.writeString(DOCUMENT, made());
        }
    }

    @Test
    void itIsWhatTheStacksDeclare() throws IOException {
        assertThat(Files.exists(DOCUMENT) ? Files.readString(DOCUMENT) : "")
                .as("src/docs/stacks.md; mvn -Pdocs verify -pl agent -am makes it")
                .isEqualTo(made());
    }

    private static String cell(TlsStack stack, StackCapability capability) {
        return stack.gives().contains(capability)
                ? "yes"
                : stack.givesInPart().contains(capability) ? "in part" : "not captured";
    }

    private static String made() {
        StringBuilder text = new StringBuilder(BEFORE);
        text.append("| |");
        STACKS.forEach(stack -> text.append(" `").append(stack.name()).append("` |"));
        text.append("\n|---|").append("---|".repeat(STACKS.size())).append("\n");
        for (StackCapability capability : StackCapability.values()) {
            text.append("| ").append(capability.title()).append(" |");
            STACKS.forEach(
                    stack -> text.append(" ").append(cell(stack, capability)).append(" |"));
            text.append("\n");
        }
        for (TlsStack stack : STACKS) {
            text.append("\n## ")
                    .append(stack.name())
                    .append("\n\n")
                    .append(stack.classes())
                    .append("\n");
            if (!stack.limits().isEmpty()) {
                text.append("\n").append(stack.limits()).append("\n");
            }
        }
        return text.toString();
    }
}
