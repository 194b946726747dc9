package dev.tlscope.analyzer.store;

import dev.tlscope.analyzer.wire.Der;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/** Private keys of PEM files: PKCS #8 (RFC 5958), plain and encrypted, PKCS #1 (RFC 8017) and SEC 1 (RFC 5915). */
final class PemKeys {
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS", "DSA");

    /** AlgorithmIdentifier of rsaEncryption with NULL parameters (RFC 8017, A.1). */
    private static final byte[] RSA = {
        0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00
    };

    /** OBJECT IDENTIFIER id-ecPublicKey (RFC 5480, 2.1.1). */
    private static final byte[] EC = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};

    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

    /** [0] parameters of an ECPrivateKey. */
    private static final int PARAMETERS = 0xa0;

    private PemKeys() {}

    /** True for a block that has a private key. */
    static boolean isKey(PemBlock block) {
        return block.label().endsWith("PRIVATE KEY");
    }

    /** The block's key. */
    static PrivateKey read(PemBlock block, Passwords passwords) throws StoreException {
        if (block.encrypted()) {
            throw new StoreException(
                    "the key is encrypted in OpenSSL's older way; convert it: openssl pkcs8 -topk8 -in KEY -out NEW");
        }
        return switch (block.label()) {
            case "PRIVATE KEY" -> pkcs8(block.bytes());
            case "ENCRYPTED PRIVATE KEY" -> decrypt(block.bytes(), passwords);
            case "RSA PRIVATE KEY" -> wrapped(RSA, block.bytes());
            case "EC PRIVATE KEY" -> sec1(block.bytes());
            default ->
                throw new StoreException("no key of the kind " + block.label()
                        + " is known; convert it: openssl pkcs8 -topk8 -nocrypt -in KEY -out NEW");
        };
    }

    private static PrivateKey sec1(byte[] key) throws StoreException {
        byte[] parameters = parameters(key);
        if (parameters == null) {
            throw new StoreException(
                    "the EC key does not name its curve; convert it: openssl pkcs8 -topk8 -nocrypt -in KEY");
        }
        return wrapped(Der.sequence(EC, parameters).encoded(), key);
    }

    /** The curve of an ECPrivateKey: version, privateKey, [0] parameters, [1] publicKey. */
    private static byte @Nullable [] parameters(byte[] key) {
        return Der.elements(key).stream()
                .limit(1)
                .flatMap(whole -> whole.children(PARAMETERS).stream())
                .findFirst()
                .map(Der::bytes)
                .orElse(null);
    }

    private static PrivateKey decrypt(byte[] encrypted, Passwords passwords) throws StoreException {
        EncryptedPrivateKeyInfo info;
        try {
            info = new EncryptedPrivateKeyInfo(encrypted);
        } catch (IOException e) {
            throw new StoreException("the encrypted key does not parse; make it again: openssl pkcs8 -topk8");
        }
        for (char[] password : passwords.all()) {
            try {
                // PBES2's own name is an object identifier, its parameters say which algorithm it is
                String name =
                        info.getAlgName().equals("PBES2") || info.getAlgName().startsWith("1.2.")
                                ? info.getAlgParameters().toString()
                                : info.getAlgName();
                Cipher cipher = Cipher.getInstance(name);
                cipher.init(
                        Cipher.DECRYPT_MODE,
                        SecretKeyFactory.getInstance(name).generateSecret(new PBEKeySpec(password)),
                        info.getAlgParameters());
                return pkcs8(info.getKeySpec(cipher).getEncoded());
            } catch (NoSuchAlgorithmException e) {
                throw new StoreException("this JVM cannot decrypt it (" + e.getMessage()
                        + "); convert it: openssl pkcs8 -topk8 -v2 aes-256-cbc -in KEY -out NEW");
            } catch (GeneralSecurityException | StoreException e) {
                // the next password
            }
        }
        throw new StoreException("no password fits; give it with --password-file");
    }

    /** A PrivateKeyInfo (RFC 5958) of a key in its algorithm's own form. */
    private static PrivateKey wrapped(byte[] algorithm, byte[] key) throws StoreException {
        byte[] octets = Der.of(Der.OCTET_STRING, key).encoded();
        return pkcs8(Der.sequence(VERSION_0, algorithm, octets).encoded());
    }

    private static PrivateKey pkcs8(byte[] encoded) throws StoreException {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (InvalidKeySpecException | NoSuchAlgorithmException e) {
                // a key of another algorithm
            }
        }
        throw new StoreException("the private key does not parse as " + String.join(", ", ALGORITHMS)
                + "; check it: openssl pkey -in KEY -noout -text");
    }
}
