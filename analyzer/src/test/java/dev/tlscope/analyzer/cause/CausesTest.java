package dev.tlscope.analyzer.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.capture.Direction;
import dev.tlscope.capture.Field;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The list of causes, and the last one, which has no other explanation. */
class CausesTest {
    private static final int INTERNAL_ERROR = 80;

    @Test
    void everyCauseNamesItsIdsAndEachIsInTheCatalogue() {
        Set<CauseId> named = new HashSet<>();
        for (Cause cause : Causes.ORDER) {
            assertThat(cause.ids())
                    .as(cause.getClass().getSimpleName())
                    .isNotEmpty()
                    .doesNotHaveDuplicates();
            assertThat(Catalogue.entries()).containsAll(cause.ids());
            named.addAll(cause.ids());
        }
        assertThat(named).hasSizeGreaterThan(Catalogue.entries().size() / 2);
    }

    /** A class that declares ids has them in its list: one that it declares and never answers would be a mistake. */
    @Test
    void aCauseHasTheIdsThatItDeclares() throws Exception {
        for (Cause cause : Causes.ORDER) {
            for (java.lang.reflect.Field field : cause.getClass().getDeclaredFields()) {
                if (field.getType() == CauseId.class) {
                    assertThat(cause.ids()).contains((CauseId) field.get(null));
                }
            }
        }
    }

    @Test
    void withoutAnotherCauseTheExceptionAndItsStackAreTheEvidence() {
        Finding finding = new FailedConnection("client", "socket")
                .message(Direction.OUT, new byte[] {1, 0, 0, 0})
                .alert(INTERNAL_ERROR)
                .with(Field.DIAGNOSTIC, "no reason that is known")
                .with(Field.EXCEPTION, "javax.net.ssl.SSLException: outer")
                .with(Field.EXCEPTION, "java.lang.IllegalStateException: inner")
                .with(Field.FRAME, "sun.security.ssl.A.a(A.java:1)")
                .with(Field.FRAME, "sun.security.ssl.B.b(B.java:2)")
                .with(Field.FRAME, "sun.security.ssl.C.c(C.java:3)")
                .with(Field.FRAME, "com.example.Client.call(Client.java:4)")
                .with(Field.FRAME, "com.example.Main.main(Main.java:5)")
                .finding();

        assertThat(finding.cause()).isSameAs(Internal.INTERNAL);
        assertThat(finding.summary())
                .isEqualTo("This client ended the handshake itself with internal_error: no reason that is known");
        assertThat(finding.evidence())
                .extracting(fact -> fact.what() + "=" + fact.value())
                .contains(
                        "exception=javax.net.ssl.SSLException: outer",
                        "exception=java.lang.IllegalStateException: inner",
                        "at=sun.security.ssl.A.a(A.java:1)",
                        "at=com.example.Client.call(Client.java:4)",
                        "first frame outside the JDK=com.example.Client.call(Client.java:4)")
                .doesNotContain("at=com.example.Main.main(Main.java:5)");
    }
}
