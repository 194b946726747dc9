package dev.tlscope.analyzer.model;

import dev.tlscope.analyzer.wire.MalformedException;
import dev.tlscope.analyzer.wire.WireReader;
import dev.tlscope.tls.ExtensionType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The extensions of a message (RFC 8446, 4.2), not copied. If a type occurs twice, the first one counts. */
final class ExtensionBlock {
    private final List<Extension> all;

    private record Extension(int type, WireReader data) {}

    private ExtensionBlock(List<Extension> all) {
        this.all = all;
    }

    /** Reads the list at the end of a message; empty when the message has no list. */
    static ExtensionBlock read(WireReader body) throws MalformedException {
        List<Extension> all = new ArrayList<>();
        if (body.hasMore()) {
            WireReader list = body.block(2);
            while (list.hasMore()) {
                all.add(new Extension(list.number(2), list.block(2)));
            }
        }
        return new ExtensionBlock(all);
    }

    /** Their types, in order. */
    List<Integer> types() {
        return all.stream().map(Extension::type).distinct().toList();
    }

    boolean has(ExtensionType type) {
        return find(type) != null;
    }

    /** The data of that type; null when there is none. */
    byte @Nullable [] data(ExtensionType type) {
        WireReader found = find(type);
        return found == null ? null : found.copy();
    }

    /** Puts all types in order, and the data of the wanted ones. */
    void put(ByteBuffer out, ExtensionType... wanted) {
        for (Extension extension : all) {
            out.putShort((short) extension.type);
            for (ExtensionType one : wanted) {
                if (extension.type == one.number()) {
                    extension.data.put(out);
                }
            }
        }
    }

    private @Nullable WireReader find(ExtensionType type) {
        for (Extension extension : all) {
            if (extension.type == type.number()) {
                return extension.data;
            }
        }
        return null;
    }
}
