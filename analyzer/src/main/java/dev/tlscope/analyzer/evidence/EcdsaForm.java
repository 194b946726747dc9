package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.wire.Der;
import java.util.List;

/** The form of an ECDSA signature: a DER SEQUENCE of the integers r and s (RFC 3279, 2.2.3; RFC 8422, 5.4). */
public final class EcdsaForm {
    private EcdsaForm() {}

    public static boolean fits(byte[] signature) {
        List<Der> whole = Der.elements(signature);
        if (whole.size() != 1 || whole.get(0).tag() != Der.SEQUENCE) {
            return false;
        }
        List<Der> numbers = whole.get(0).children();
        return numbers.size() == 2
                && numbers.stream().allMatch(number -> number.tag() == Der.INTEGER && number.bytes().length > 0);
    }
}
