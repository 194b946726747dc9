package dev.tlscope.analyzer.message;

import dev.tlscope.analyzer.registry.HandshakeTypes;
import dev.tlscope.analyzer.registry.Iana;
import dev.tlscope.analyzer.registry.ProtocolVersions;
import dev.tlscope.analyzer.wire.MalformedException;
import dev.tlscope.tls.ContentType;
import dev.tlscope.tls.HandshakeType;
import dev.tlscope.tls.HelloRetryRequest;

/**
 * Decodes the messages of one connection in order: the ServerHello determines the form of the messages after it. No
 * content makes it throw. Not thread-safe.
 */
public final class MessageDecoder {
    private static final int HEADER = 4;
    /** With message_seq, fragment_offset and fragment_length (RFC 6347, 4.2.2). */
    private static final int DTLS_HEADER = 12;

    private MessageForm negotiated = MessageForm.NOTHING;

    /** For a connection that was captured from its first message on. */
    public MessageDecoder() {}

    /**
     * For a connection whose ServerHello may be missing.
     *
     * @param version the negotiated ProtocolVersion; 0 when not known
     * @param cipherSuite -1 when not known
     */
    public MessageDecoder(int version, int cipherSuite) {
        negotiated = new MessageForm(ProtocolVersions.asTls(version), cipherSuite);
    }

    /**
     * Decodes the next message.
     *
     * @param contentType 20, 21 or 22; the bytes of any other type are kept as bytes
     * @param bytes the message, a handshake message's header included
     */
    public DecodedMessage decode(int contentType, byte[] bytes) {
        FieldReader in = new FieldReader(bytes);
        switch (contentType) {
            case ContentType.CHANGE_CIPHER_SPEC -> in.readAll(body -> body.number("type", 1));
            case ContentType.ALERT -> in.readAll(SmallMessages::readAlert);
            case ContentType.HANDSHAKE -> {
                return handshake(in, bytes);
            }
            default -> in.readAll(body -> body.rest("bytes"));
        }
        return new DecodedMessage(nameOf(contentType), contentType, -1, in.fields());
    }

    private DecodedMessage handshake(FieldReader in, byte[] bytes) {
        if (bytes.length == 0) {
            in.readAll(body -> body.bytes("msg_type", 1));
            return new DecodedMessage("handshake message", ContentType.HANDSHAKE, -1, in.fields());
        }
        if (!isTls(bytes) && ClientHelloDecoder.isSsl2(bytes)) {
            in.readAll(ClientHelloDecoder::readSsl2);
            return new DecodedMessage(
                    "ClientHello", ContentType.HANDSHAKE, HandshakeType.CLIENT_HELLO.number(), in.fields());
        }
        HandshakeType type = HandshakeType.of(bytes[0]);
        boolean dtls = isDtls(bytes);
        int header = dtls ? DTLS_HEADER : HEADER;
        boolean retry = type == HandshakeType.SERVER_HELLO && HelloRetryRequest.isRandom(bytes, header + 2);
        in.readAll(message -> {
            message.number("msg_type", 1, HandshakeTypes::nameOf);
            int length = message.number("length", 3);
            if (dtls) {
                message.number("message_seq", 2);
                message.number("fragment_offset", 3);
                message.number("fragment_length", 3);
            }
            int present = message.remaining();
            if (type == null) {
                message.rest("body");
            } else {
                body(type, message, negotiated);
            }
            // A truncated message, or a fragment of DTLS, is reported after the fields that could be read.
            if (length != present) {
                throw new MalformedException(1, "says " + length + " bytes, has " + present);
            }
        });
        String name = retry ? "HelloRetryRequest" : HandshakeTypes.nameOf(bytes[0] & 0xff);
        DecodedMessage decoded = new DecodedMessage(name, ContentType.HANDSHAKE, bytes[0] & 0xff, in.fields());
        if (type == HandshakeType.SERVER_HELLO) {
            follow(decoded);
        }
        return decoded;
    }

    private static void body(HandshakeType type, FieldReader in, MessageForm negotiated) throws MalformedException {
        switch (type) {
            case HELLO_REQUEST, END_OF_EARLY_DATA, SERVER_HELLO_DONE -> {
                // An empty message has no type.
            }
            case CLIENT_HELLO -> ClientHelloDecoder.read(in);
            case SERVER_HELLO, HELLO_RETRY_REQUEST -> ServerHelloDecoder.read(in);
            case HELLO_VERIFY_REQUEST -> SmallMessages.readHelloVerifyRequest(in);
            case NEW_SESSION_TICKET -> SmallMessages.readNewSessionTicket(in, negotiated);
            case ENCRYPTED_EXTENSIONS -> ExtensionDecoder.read(in, type);
            case CERTIFICATE -> CertificateMessage.read(in, negotiated);
            case COMPRESSED_CERTIFICATE -> CertificateMessage.readCompressed(in);
            case SERVER_KEY_EXCHANGE -> KeyExchanges.readServer(in, negotiated);
            case CERTIFICATE_REQUEST -> CertificateRequest.read(in, negotiated);
            case CERTIFICATE_VERIFY -> KeyExchanges.readSignature(in, negotiated);
            case CLIENT_KEY_EXCHANGE -> KeyExchanges.readClient(in, negotiated);
            case FINISHED -> in.rest("verify_data");
            case CERTIFICATE_STATUS -> SmallMessages.readCertificateStatus(in);
            case KEY_UPDATE -> in.number("request_update", 1, Iana.KEY_UPDATE_REQUEST);
            default -> in.rest("body");
        }
    }

    /** Takes version and suite for the following messages from a ServerHello. */
    private void follow(DecodedMessage serverHello) {
        int version = serverHello
                .find("extensions", "supported_versions", "selected_version")
                .or(() -> serverHello.find("legacy_version"))
                .map(DecodedField::number)
                .orElse((long) negotiated.version())
                .intValue();
        int suite = serverHello
                .find("cipher_suite")
                .map(DecodedField::number)
                .orElse((long) negotiated.cipherSuite())
                .intValue();
        negotiated = new MessageForm(ProtocolVersions.asTls(version), suite);
    }

    /** True when the lengths fit a DTLS header and do not fit a TLS header. */
    private static boolean isDtls(byte[] bytes) {
        return bytes.length >= DTLS_HEADER && !isTls(bytes) && number(bytes, 9) == bytes.length - DTLS_HEADER;
    }

    private static boolean isTls(byte[] bytes) {
        return bytes.length >= HEADER && number(bytes, 1) == bytes.length - HEADER;
    }

    private static int number(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 16 | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff);
    }

    private static String nameOf(int contentType) {
        return switch (contentType) {
            case ContentType.CHANGE_CIPHER_SPEC -> "ChangeCipherSpec";
            case ContentType.ALERT -> "Alert";
            default -> "content type " + contentType;
        };
    }
}
