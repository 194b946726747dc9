package dev.tlscope.agent.control;

import dev.tlscope.agent.config.OptionException;
import dev.tlscope.agent.config.Options;
import dev.tlscope.seal.Recipient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The option {@code seal}: a capture that cannot be sealed is refused, and not written in clear. */
final class Sealing {
    private static final long MOST_BYTES = 1L << 20;

    private Sealing() {}

    /**
     * Reads the certificate.
     *
     * @return null when the option is off
     * @throws OptionException in one line, with the next step
     */
    static @Nullable Recipient recipient(Options options) throws OptionException {
        Path file = options.seal();
        if (file == null) {
            return null;
        }
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
                throw new OptionException("option seal: " + file
                        + (Files.exists(file) ? " is not a file with a certificate" : " is not there")
                        + "; name a file with a certificate in PEM that this JVM can see");
            }
            return Recipient.read(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new OptionException("option seal: " + file + " cannot be read by this JVM's user "
                    + System.getProperty("user.name") + ": " + (e instanceof NoSuchFileException ? "it is gone" : e)
                    + "; a certificate is public: make it readable (chmod a+r)");
        } catch (IllegalArgumentException e) {
            throw new OptionException("option seal: " + file + ": " + e.getMessage());
        }
    }
}
