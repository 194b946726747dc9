package dev.tlscope.it.cells;

import dev.tlscope.it.peer.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;

/** Writes the cells' certificates and keys as PEM files for other programs. */
final class PemFiles {
    private final Path directory;

    PemFiles(Path directory) {
        this.directory = directory;
    }

    /** Names of the files with a chain and its key. */
    static final class Pair {
        private final String chain;
        private final String key;

        private Pair(String chain, String key) {
            this.chain = chain;
            this.key = key;
        }

        String chain() {
            return chain;
        }

        String key() {
            return key;
        }
    }

    Pair write(String name, Credential credential) throws IOException, CertificateEncodingException {
        return new Pair(
                write(name + "-chain", credential.chain()),
                write(name + "-key", Pem.of("PRIVATE KEY", credential.key().getEncoded())));
    }

    /** Writes the file and returns its name. */
    String write(String name, X509Certificate... certificates) throws IOException, CertificateEncodingException {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            text.append(Pem.of("CERTIFICATE", certificate.getEncoded()));
        }
        return write(name, text.toString());
    }

    private String write(String name, String text) throws IOException {
        Path file = directory.resolve(name + ".pem");
        Files.write(file, text.getBytes(StandardCharsets.US_ASCII));
        return file.toString();
    }
}
