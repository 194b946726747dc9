package dev.tlscope.analyzer.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
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
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;

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
            case "RSA PRIVATE KEY" -> pkcs8(sequence(VERSION_0, RSA, tagged(OCTET_STRING, block.bytes())));
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
        return pkcs8(sequence(VERSION_0, sequence(EC, parameters), tagged(OCTET_STRING, key)));
    }

    /** The curve of an ECPrivateKey: version, privateKey, [0] parameters, [1] publicKey. */
    private static byte @Nullable [] parameters(byte[] key) {
        Tlv whole = Tlv.at(key, 0);
        if (whole == null || whole.tag != SEQUENCE) {
            return null;
        }
        int at = whole.from;
        while (at < whole.end) {
            Tlv part = Tlv.at(key, at);
            if (part == null) {
                return null;
            }
            if (part.tag == PARAMETERS) {
                return Arrays.copyOfRange(key, part.from, part.end);
            }
            at = part.end;
        }
        return null;
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

    private static byte[] sequence(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return tagged(SEQUENCE, all.toByteArray());
    }

    /** An element of DER (X.690, 8.1) with up to 65,535 bytes. */
    private static byte[] tagged(int tag, byte[] content) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(tag);
        if (content.length > 0xff) {
            all.write(0x82);
            all.write(content.length >>> 8);
        } else if (content.length >= 0x80) {
            all.write(0x81);
        }
        all.write(content.length);
        all.writeBytes(content);
        return all.toByteArray();
    }

    /** Where an element of DER begins and ends. */
    private record Tlv(int tag, int from, int end) {
        static @Nullable Tlv at(byte[] der, int at) {
            if (at + 2 > der.length) {
                return null;
            }
            int length = der[at + 1] & 0xff;
            int from = at + 2;
            if (length >= 0x80) {
                int count = length - 0x80;
                if (count < 1 || count > 2 || from + count > der.length) {
                    return null;
                }
                length = 0;
                for (int i = 0; i < count; i++) {
                    length = (length << 8) | (der[from + i] & 0xff);
                }
                from += count;
            }
            return from + length > der.length ? null : new Tlv(der[at] & 0xff, from, from + length);
        }
    }
}
