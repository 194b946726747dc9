package dev.tlscope.agent.stack.jsse.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** JSSE's managers below those that applications write. */
class NestedTrustManagersTest {
    @Test
    void oneThatAddsACheckToAnother() throws Exception {
        X509TrustManager jsse = jsse();
        assertThat(NestedTrustManagers.of(new Delegating(jsse))).containsExactly(jsse);
        assertThat(NestedTrustManagers.of(new Delegating(new Delegating(jsse)))).containsExactly(jsse);
        assertThat(NestedTrustManagers.of(new Delegating(new AtomicReference<>(jsse))))
                .containsExactly(jsse);
    }

    @Test
    void oneThatAsksSeveral() throws Exception {
        X509TrustManager one = jsse();
        X509TrustManager other = jsse();
        List<X509TrustManager> both = Arrays.asList(one, other);
        assertThat(NestedTrustManagers.of(new Delegating(both))).containsExactly(one, other);
        assertThat(NestedTrustManagers.of(new Delegating(both.toArray()))).containsExactly(one, other);
        assertThat(NestedTrustManagers.of(new Delegating(Arrays.asList(one, new Delegating(other)))))
                .containsExactly(one, other);
    }

    @Test
    void oneThatDecidesByItselfHasNone() throws Exception {
        assertThat(NestedTrustManagers.of(new Delegating(null))).isEmpty();
        assertThat(NestedTrustManagers.of(new Delegating(Arrays.asList(jsse(), new Delegating(null)))))
                .isEmpty();
    }

    @Test
    void noMethodOfAnApplicationsCollectionIsCalled() throws Exception {
        List<Object> hostile = new Hostile();
        assertThat(NestedTrustManagers.of(new Delegating(hostile))).isEmpty();
        X509TrustManager jsse = jsse();
        assertThat(NestedTrustManagers.of(new Delegating(Collections.singletonList(new Delegating(jsse)))))
                .containsExactly(jsse);
    }

    private static X509TrustManager jsse() throws Exception {
        KeyStore empty = KeyStore.getInstance(KeyStore.getDefaultType());
        empty.load(null, null);
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(empty);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }

    private static final class Delegating implements X509TrustManager {
        @SuppressWarnings("unused") // read by reflection
        private final @Nullable Object delegate;

        Delegating(@Nullable Object delegate) {
            this.delegate = delegate;
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            throw new AssertionError("called");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            throw new AssertionError("called");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            throw new AssertionError("called");
        }

        @Override
        public boolean equals(@Nullable Object other) {
            throw new AssertionError("called");
        }

        @Override
        public int hashCode() {
            throw new AssertionError("called");
        }
    }

    private static final class Hostile extends ArrayList<Object> {
        private static final long serialVersionUID = 1;

        @Override
        public Object[] toArray() {
            throw new AssertionError("called");
        }
    }
}
