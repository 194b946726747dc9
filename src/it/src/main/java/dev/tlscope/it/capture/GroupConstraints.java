package dev.tlscope.it.capture;

import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.security.spec.ECParameterSpec;
import java.security.spec.InvalidParameterSpecException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import javax.crypto.spec.DHParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Restricts a connection to some named groups, on a JDK whose SSLParameters cannot set them (before 20). JSSE checks
 * each group, by its name (from JDK 13 on) or by its parameters (sun.security.ssl.SupportedGroupsExtension,
 * NamedGroup).
 */
final class GroupConstraints implements AlgorithmConstraints {
    private static final Set<String> EC = new HashSet<>(Arrays.asList("secp256r1", "secp384r1", "secp521r1"));
    private static final Set<String> XDH = new HashSet<>(Arrays.asList("x25519", "x448"));

    private final Set<String> groups;

    GroupConstraints(String... groups) {
        this.groups = new HashSet<>(Arrays.asList(groups));
    }

    /** Groups that can be restricted in this way; JSSE has XDH since JDK 13. */
    static String[] known() {
        String[] all = {"secp256r1", "secp384r1", "secp521r1", "ffdhe2048", "x25519", "x448"};
        return Optional9.version() < 13 ? Arrays.copyOf(all, 4) : all;
    }

    @Override
    public boolean permits(
            Set<CryptoPrimitive> primitives, String algorithm, @Nullable AlgorithmParameters parameters) {
        if (!primitives.contains(CryptoPrimitive.KEY_AGREEMENT)) {
            return true;
        }
        String name = algorithm.toLowerCase(Locale.ROOT);
        if (EC.contains(name) || XDH.contains(name) || name.startsWith("ffdhe") || name.startsWith("sect")) {
            return groups.contains(name);
        }
        return parameters == null || groups.contains(nameOf(algorithm, parameters));
    }

    @Override
    public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
        return true;
    }

    @Override
    public boolean permits(
            Set<CryptoPrimitive> primitives, String algorithm, Key key, @Nullable AlgorithmParameters parameters) {
        return true;
    }

    /** The name of a group; among the groups that this program uses, the size identifies it. */
    private static String nameOf(String algorithm, AlgorithmParameters parameters) {
        try {
            if (algorithm.equals("EC")) {
                ECParameterSpec curve = parameters.getParameterSpec(ECParameterSpec.class);
                return "secp" + curve.getCurve().getField().getFieldSize() + "r1";
            }
            DHParameterSpec group = parameters.getParameterSpec(DHParameterSpec.class);
            return "ffdhe" + group.getP().bitLength();
        } catch (InvalidParameterSpecException e) {
            return algorithm;
        }
    }
}
