package dev.tlscope.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JulTargetTest {
    @ParameterizedTest
    @CsvSource({
        "'', false",
        "'global;', false",
        "'javax.net.ssl;jdk.event.security;sun.net.www.protocol.http.HttpURLConnection;global;', false",
        "'dev.tlscope;global', false",
        "'global;;app', true",
        "'org.apache.catalina.startup.Catalina;javax.net.ssl', true",
        "'javafx.app', true",
    })
    void loggersOfTheJdkAreNoUse(String names, boolean used) {
        List<String> loggers = Arrays.asList(names.split(";", -1));
        assertThat(JulTarget.isUsedByTheApplication(loggers)).isEqualTo(used);
    }
}
