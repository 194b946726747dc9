package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.model.Configuration;
import dev.tlscope.analyzer.model.Handshake;
import java.util.ArrayList;
import java.util.List;

/** The system properties that set a connection's lists of versions and suites. */
public final class OfferProperties {
    private OfferProperties() {}

    /** The properties that are set, each as evidence. */
    public static List<Evidence> of(Handshake handshake) {
        Configuration configuration = handshake.configuration();
        if (configuration == null) {
            return List.of();
        }
        OfferSettings settings = new OfferSettings(handshake, configuration);
        List<String> names = new ArrayList<>(settings.protocolProperties());
        names.addAll(settings.suiteProperties());
        List<Evidence> set = new ArrayList<>();
        for (String name : names) {
            configuration.systemProperty(name).ifPresent(value -> set.add(new Evidence("-D" + name, value)));
        }
        return set;
    }

    /** The versions in a property; empty if none is set. */
    public static List<String> protocols(Handshake handshake) {
        Configuration configuration = handshake.configuration();
        return configuration == null
                ? List.of()
                : new OfferSettings(handshake, configuration)
                        .protocolProperties().stream()
                                .flatMap(name -> configuration.systemProperty(name).stream())
                                .findFirst()
                                .map(OfferSettings::listed)
                                .orElse(List.of());
    }
}
