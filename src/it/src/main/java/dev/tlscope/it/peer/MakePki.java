package dev.tlscope.it.peer;

import dev.tlscope.demo.pki.Pki;
import java.nio.file.Path;
import java.nio.file.Paths;

/** {@code MakePki DIR}: writes a PKI for {@link HandshakeServer}, {@link HandshakeClient} and openssl. */
final class MakePki {
    private MakePki() {}

    public static void main(String[] line) throws Exception {
        if (line.length != 1 || line[0].startsWith("-")) {
            System.err.println("MakePki: usage: MakePki DIR");
            System.exit(2);
        }
        Path directory = Paths.get(line[0]);
        Pki.create().save(directory);
        System.out.println("pki " + directory);
    }
}
