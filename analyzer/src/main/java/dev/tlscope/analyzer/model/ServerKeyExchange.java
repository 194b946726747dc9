package dev.tlscope.analyzer.model;

import dev.tlscope.analyzer.wire.MalformedException;
import dev.tlscope.analyzer.wire.WireReader;
import java.util.OptionalInt;

/** The parameters of an ephemeral key exchange (RFC 8422, 5.4; RFC 5246, 7.4.3), whose form depends on the suite. */
public final class ServerKeyExchange {
    private static final int NAMED_CURVE = 3;

    private ServerKeyExchange() {}

    /** The group of ECDHE; empty for DHE, whose group has no number, and for a malformed message. */
    public static OptionalInt namedGroup(Message message, String suite) {
        try {
            WireReader body = WireReader.body(message.bytes());
            return isElliptic(suite) && body.number(1) == NAMED_CURVE
                    ? OptionalInt.of(body.number(2))
                    : OptionalInt.empty();
        } catch (MalformedException e) {
            return OptionalInt.empty();
        }
    }

    /** What follows the parameters: the signature, if any. */
    public static WireReader behindParameters(Message message, String suite) throws MalformedException {
        WireReader body = WireReader.body(message.bytes());
        if (isElliptic(suite)) {
            body.skip(1 + 2); // named_curve, NamedCurve
            body.block(1); // public
        } else {
            body.block(2); // dh_p, dh_g, dh_Ys
            body.block(2);
            body.block(2);
        }
        return body;
    }

    private static boolean isElliptic(String suite) {
        return suite.startsWith("TLS_ECDHE_") || suite.startsWith("TLS_ECDH_anon_");
    }
}
