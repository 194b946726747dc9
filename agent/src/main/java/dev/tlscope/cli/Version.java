package dev.tlscope.cli;

import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The text that {@code --version} prints. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws Exception {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getClassLoader().getResourceAsStream("dev/tlscope/version.properties")) {
            if (in != null) {
                properties.load(in);
            }
        }
        return new String[] {
            "tlscope " + properties.getProperty("version", "unknown") + " (Java " + System.getProperty("java.version")
                    + ")"
        };
    }
}
