package dev.tlscope.transport;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Protocols whose dialogue is text. */
final class TextDialogues {
    private static final String ENABLE = "enable TLS in the server's configuration, or check the port";

    private TextDialogues() {}

    /** RFC 3207. */
    static void smtp(Dialogue dialogue, Destination to) throws IOException {
        expect(last(dialogue.reply()), "220", to, "the connection, as a server of SMTP");
        dialogue.say("EHLO localhost");
        List<String> offered = dialogue.reply();
        dialogue.say("STARTTLS");
        String reply = last(dialogue.reply());
        if (!reply.startsWith("220")) {
            boolean named = offered.stream()
                    .anyMatch(line -> line.toUpperCase(Locale.ROOT).contains("STARTTLS"));
            throw Starttls.refused(
                    to, "STARTTLS" + (named ? "" : ", which its answer to EHLO does not list"), reply, ENABLE);
        }
    }

    /** RFC 9051, 6.2.1. */
    static void imap(Dialogue dialogue, Destination to) throws IOException {
        expect(dialogue.line(), "* OK", to, "the connection, as a server of IMAP");
        dialogue.say("a1 STARTTLS");
        expect(last(dialogue.linesUntil("a1 ")), "a1 OK", to, "STARTTLS");
    }

    /** RFC 2595, 4. */
    static void pop3(Dialogue dialogue, Destination to) throws IOException {
        expect(dialogue.line(), "+OK", to, "the connection, as a server of POP3");
        dialogue.say("STLS");
        expect(dialogue.line(), "+OK", to, "STLS");
    }

    /** RFC 4217, 4. */
    static void ftp(Dialogue dialogue, Destination to) throws IOException {
        expect(last(dialogue.reply()), "220", to, "the connection, as a server of FTP");
        dialogue.say("AUTH TLS");
        expect(last(dialogue.reply()), "234", to, "AUTH TLS");
    }

    /** RFC 6120, 5. */
    static void xmpp(Dialogue dialogue, Destination to) throws IOException {
        dialogue.element("<stream:stream xmlns:stream='http://etherx.jabber.org/streams' xmlns='jabber:client' to='"
                + to.host().replace("'", "") + "' version='1.0'>");
        String features = dialogue.until("</stream:features>", "</stream:stream>");
        dialogue.received(Dialogue.printable(features));
        if (!features.contains("urn:ietf:params:xml:ns:xmpp-tls")) {
            throw Starttls.refused(to, "STARTTLS, which its features do not list", features, ENABLE);
        }
        dialogue.element("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
        String answer;
        do {
            answer = dialogue.until(">");
        } while (!answer.contains("<proceed") && !answer.contains("<failure") && !answer.contains("</stream"));
        dialogue.received(Dialogue.printable(answer));
        if (!answer.contains("<proceed")) {
            throw Starttls.refused(to, "STARTTLS", answer, ENABLE);
        }
        if (!answer.trim().endsWith("/>")) {
            dialogue.until("</proceed>");
        }
    }

    private static void expect(String reply, String begin, Destination to, String command) throws NoTransportException {
        if (!reply.startsWith(begin)) {
            throw Starttls.refused(to, command, reply, ENABLE);
        }
    }

    private static String last(List<String> lines) {
        return lines.get(lines.size() - 1);
    }
}
