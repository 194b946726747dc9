package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.message.DecodedMessage;
import dev.tlscope.analyzer.refusal.Refusal;
import dev.tlscope.tls.HandshakeType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The handshake message that a check of JSSE is about, by the class that makes the check. */
final class RefusedMessage {
    /** Parts of names of JSSE's classes, the longer ones first; a part that follows $ is that of an extension's class. */
    private static final Map<String, HandshakeType> BY_CLASS = new LinkedHashMap<>();

    static {
        BY_CLASS.put("Extension$CH", HandshakeType.CLIENT_HELLO);
        BY_CLASS.put("Extension$SH", HandshakeType.SERVER_HELLO);
        BY_CLASS.put("Extension$HRR", HandshakeType.SERVER_HELLO);
        BY_CLASS.put("Extension$EE", HandshakeType.ENCRYPTED_EXTENSIONS);
        BY_CLASS.put("Extension$CR", HandshakeType.CERTIFICATE_REQUEST);
        BY_CLASS.put("ServerKeyExchange", HandshakeType.SERVER_KEY_EXCHANGE);
        BY_CLASS.put("ClientKeyExchange", HandshakeType.CLIENT_KEY_EXCHANGE);
        BY_CLASS.put("ServerHelloDone", HandshakeType.SERVER_HELLO_DONE);
        BY_CLASS.put("CertificateVerify", HandshakeType.CERTIFICATE_VERIFY);
        BY_CLASS.put("CertificateRequest", HandshakeType.CERTIFICATE_REQUEST);
        BY_CLASS.put("CertificateMessage", HandshakeType.CERTIFICATE);
        BY_CLASS.put("EncryptedExtensions", HandshakeType.ENCRYPTED_EXTENSIONS);
        BY_CLASS.put("NewSessionTicket", HandshakeType.NEW_SESSION_TICKET);
        BY_CLASS.put("KeyUpdate", HandshakeType.KEY_UPDATE);
        BY_CLASS.put("Finished", HandshakeType.FINISHED);
        BY_CLASS.put("ClientHello", HandshakeType.CLIENT_HELLO);
        BY_CLASS.put("ServerHello", HandshakeType.SERVER_HELLO);
    }

    private RefusedMessage() {}

    /** The message that the check is about; empty for a check of records, of alerts, of any message, and of an own one. */
    private static Optional<HandshakeType> of(Refusal refusal) {
        String name = refusal.className();
        return name.endsWith("Producer")
                ? Optional.empty()
                : BY_CLASS.entrySet().stream()
                        .filter(entry -> name.contains(entry.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst();
    }

    /** True when the last message that arrived is another one than the check is about. */
    static boolean isAnother(Refusal refusal, DecodedMessage last) {
        HandshakeType type = last.handshakeType() == HandshakeType.COMPRESSED_CERTIFICATE
                ? HandshakeType.CERTIFICATE
                : last.handshakeType();
        if (type == HandshakeType.ENCRYPTED_EXTENSIONS && refusal.className().contains("Extension$SH")) {
            return false; // JSSE's classes for ServerHello also read what TLS 1.3 moved to EncryptedExtensions
        }
        return type != null && of(refusal).filter(expected -> expected != type).isPresent();
    }
}
