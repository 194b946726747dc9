import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the man page and the completions of tlscope from what tlscope.jar prints: {@code java ManPage.java JAR VERSION TIME DIRECTORY}. */
class ManPage {
    private static final Pattern VERB = Pattern.compile("^  ([a-z]+) {2,}", Pattern.MULTILINE);

    private final String jar;

    private ManPage(String jar) {
        this.jar = jar;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        ManPage page = new ManPage(arguments[0]);
        Path directory = Files.createDirectories(Path.of(arguments[3]));
        Files.writeString(directory.resolve("tlscope.1"), page.text(arguments[1], Instant.parse(arguments[2])));
        Files.writeString(directory.resolve("tlscope.bash"), page.run("completion", "bash"));
        Files.writeString(directory.resolve("_tlscope"), "#compdef tlscope\n" + page.run("completion", "zsh"));
    }

    private String text(String version, Instant time) throws IOException, InterruptedException {
        String help = run("help");
        StringBuilder text = new StringBuilder(".TH TLSCOPE 1 " + time.toString().substring(0, 10) + " \"tlscope " + version
                + "\" \"User Commands\"\n.SH NAME\ntlscope \\- shows why TLS connections of a running JVM fail\n");
        section(text, "SYNOPSIS", "tlscope COMMAND [OPTIONS] [PID|NAME|FILE|DIR...]\n");
        section(text, "COMMANDS", help);
        Matcher verbs = VERB.matcher(help);
        while (verbs.find()) {
            if (!verbs.group(1).equals("help")) {
                section(text, "TLSCOPE " + verbs.group(1).toUpperCase(java.util.Locale.ROOT), run("help", verbs.group(1)));
            }
        }
        section(text, "ENVIRONMENT", """
                TLSCOPE_JAVA, JAVA_HOME
                    the Java that runs tlscope: 17 or later, a JRE is enough on Linux
                TLSCOPE_JAVA_OPTS
                    options of that Java, such as -Xmx4g
                NO_COLOR
                    no colour
                """);
        return text.toString();
    }

    private static void section(StringBuilder text, String title, String lines) {
        text.append(".SH \"").append(title).append("\"\n.nf\n");
        for (String line : lines.split("\n")) {
            String escaped = line.replace("\\", "\\e").replace("-", "\\-");
            text.append(escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" : "").append(escaped).append('\n');
        }
        text.append(".fi\n");
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Dpicocli.ansi=false", "-XX:TieredStopAtLevel=1", "-jar", jar));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        process.getOutputStream().close();
        String out;
        try (InputStream in = process.getInputStream()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            in.transferTo(bytes);
            out = bytes.toString(StandardCharsets.UTF_8);
        }
        if (process.waitFor() != 0) {
            throw new IOException(command + " failed");
        }
        return out;
    }
}
