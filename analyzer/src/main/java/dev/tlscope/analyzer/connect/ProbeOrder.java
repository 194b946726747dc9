package dev.tlscope.analyzer.connect;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * What a JVM of connect is to do.
 *
 * @param home of its JDK
 * @param options of the JVM, without the agent
 * @param policy security properties that differ from its java.security
 * @param settings of dev.tlscope.probe.ProbeSettings
 */
public record ProbeOrder(Path home, List<String> options, Map<String, String> policy, Properties settings) {
    public ProbeOrder {
        options = List.copyOf(options);
        policy = Map.copyOf(policy);
    }
}
