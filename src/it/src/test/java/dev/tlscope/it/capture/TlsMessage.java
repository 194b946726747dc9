package dev.tlscope.it.capture;

import java.util.List;

/**
 * A message as one of the observers recorded it.
 *
 * @param byClient whether the client sent it
 * @param contentType 20 ChangeCipherSpec, 21 alert, 22 handshake (RFC 8446, 5.1)
 * @param hex its bytes; a handshake message with its header of four bytes, in DTLS too
 */
record TlsMessage(boolean byClient, int contentType, String hex) {
    static final int CHANGE_CIPHER_SPEC = 20;
    static final int ALERT = 21;
    static final int HANDSHAKE = 22;

    private static final int FINISHED = 20;
    private static final int HEADER = 8;

    boolean isHandshake(int type) {
        return contentType == HANDSHAKE && Integer.parseInt(hex.substring(0, 2), 16) == type;
    }

    /** The first difference between two observers' messages, or an empty string. */
    static String difference(List<TlsMessage> expected, List<TlsMessage> actual) {
        for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
            String wanted = i < expected.size() ? expected.get(i).toString() : "end";
            String found = i < actual.size() ? actual.get(i).toString() : "end";
            if (!wanted.equals(found)) {
                return "message " + i + ":\n" + wanted + "\n" + found;
            }
        }
        return "";
    }

    /** The plain-text messages up to TLS 1.2 of a handshake without failure. */
    static List<TlsMessage> clear(List<TlsMessage> messages) {
        return messages.stream()
                .filter(message -> message.contentType != ALERT && !message.isHandshake(FINISHED))
                .toList();
    }

    /** The message without its handshake header. */
    String body() {
        return hex.substring(HEADER);
    }
}
