package dev.tlscope.transport;

import java.io.IOException;

/** The protocols that change to TLS after a dialogue in clear. */
public enum Starttls {
    SMTP,
    IMAP,
    POP3,
    FTP,
    LDAP,
    POSTGRES,
    MYSQL,
    XMPP;

    /** Says what makes the server change to TLS. */
    void begin(Dialogue dialogue, Destination to) throws IOException {
        switch (this) {
            case SMTP:
                TextDialogues.smtp(dialogue, to);
                break;
            case IMAP:
                TextDialogues.imap(dialogue, to);
                break;
            case POP3:
                TextDialogues.pop3(dialogue, to);
                break;
            case FTP:
                TextDialogues.ftp(dialogue, to);
                break;
            case LDAP:
                BinaryDialogues.ldap(dialogue, to);
                break;
            case POSTGRES:
                BinaryDialogues.postgres(dialogue, to);
                break;
            case MYSQL:
                BinaryDialogues.mysql(dialogue, to);
                break;
            case XMPP:
                TextDialogues.xmpp(dialogue, to);
                break;
        }
    }

    /** The server did not change. */
    static NoTransportException refused(Destination to, String command, String reply, String next) {
        return new NoTransportException(to + " refused " + command + ": " + Dialogue.printable(reply) + "; " + next);
    }
}
