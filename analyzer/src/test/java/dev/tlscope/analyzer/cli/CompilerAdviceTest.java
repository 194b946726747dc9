package dev.tlscope.analyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class CompilerAdviceTest {
    /** HotSpot's answer reports directives that it does not understand. */
    @Test
    void hotSpotTakesIt() {
        assumeThat(System.getProperty("java.vm.name")).as("not HotSpot").containsPattern("HotSpot|OpenJDK");

        assertThat(CompilerAdvice.give()).isTrue();
    }

    /** A pattern without a match would go unnoticed. */
    @ParameterizedTest
    @FieldSource("dev.tlscope.analyzer.cli.CompilerAdvice#OUT_OF_LINE")
    void namesWhatIsThere(String pattern) throws ClassNotFoundException {
        int dot = pattern.lastIndexOf('.');
        String type = pattern.substring(0, dot).replace('/', '.');
        String methods = pattern.substring(dot + 1);
        if (type.endsWith(".*")) {
            assertThat(Arrays.stream(Package.getPackages()).map(Package::getName))
                    .contains(type.replace(".*", ""));
            return;
        }
        String begin = methods.replace("*", "");
        assertThat(Class.forName(type).getDeclaredMethods())
                .extracting(Method::getName)
                .anyMatch(name -> methods.endsWith("*") ? name.startsWith(begin) : name.equals(methods));
    }
}
