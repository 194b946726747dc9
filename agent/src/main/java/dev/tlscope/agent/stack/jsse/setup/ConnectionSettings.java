package dev.tlscope.agent.stack.jsse.setup;

import dev.tlscope.agent.reflect.JdkField;
import dev.tlscope.agent.stack.jsse.field.DefaultNamedGroups;
import dev.tlscope.agent.stack.jsse.field.Jsse;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SNIHostName;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one connection, as JSSE holds them: references to lists that JSSE replaces and never changes. They
 * are collected on the application's thread and described on the writer's. They are objects of JSSE and the JDK; for an
 * application's object, only the class name.
 */
public final class ConnectionSettings {
    private static final String CONTEXT_CLASSES = "sun.security.ssl.SSLContextImpl$";

    private static final JdkField CONTEXT_CONFIG = new JdkField("sslConfig");
    private static final JdkField CONTEXT_SSL_CONTEXT = new JdkField("sslContext");
    private static final JdkField HANDSHAKE_CONFIG = new JdkField("sslConfig");
    private static final JdkField PROTOCOLS = new JdkField("enabledProtocols");
    private static final JdkField SUITES = new JdkField("enabledCipherSuites");
    private static final JdkField GROUPS = new JdkField("namedGroups");
    private static final JdkField SCHEMES = new JdkField("signatureSchemes");
    private static final JdkField ALPN = new JdkField("applicationProtocols");
    private static final JdkField SOCKET_SELECTOR = new JdkField("socketAPSelector");
    private static final JdkField ENGINE_SELECTOR = new JdkField("engineAPSelector");
    private static final JdkField IDENTIFICATION = new JdkField("identificationProtocol");
    private static final JdkField CLIENT_AUTH = new JdkField("clientAuthType");
    private static final JdkField CLIENT_MODE = new JdkField("isClientMode");
    private static final JdkField PREFER_LOCAL = new JdkField("preferLocalCipherSuites");
    private static final JdkField CONSTRAINTS = new JdkField("userSpecifiedAlgorithmConstraints");
    private static final JdkField USER_CONSTRAINTS = new JdkField("userSpecifiedConstraints");
    private static final JdkField SERVER_NAMES = new JdkField("serverNames");
    private static final JdkField MATCHERS = new JdkField("sniMatchers");
    private static final JdkField MATCHER_PATTERN = new JdkField("pattern");
    private static final JdkField ACTIVE_PROTOCOLS = new JdkField("activeProtocols");
    private static final JdkField ACTIVE_SUITES = new JdkField("activeCipherSuites");
    private static final JdkField ACTIVE_SCHEMES = new JdkField("localSupportedSignAlgs");
    private static final JdkField KEY_MANAGER = new JdkField("keyManager");
    private static final JdkField TRUST_MANAGER = new JdkField("trustManager");
    private static final JdkField KEY_WRAPPED = new JdkField("km");
    private static final JdkField TRUST_WRAPPED = new JdkField("tm");
    private static final JdkField PROTOCOL_NAME = new JdkField("name");
    private static final JdkField SUITE_NAME = new JdkField("name");
    private static final JdkField SCHEME_NAME = new JdkField("name");

    /** Static fields of sun.security.ssl.SSLContextImpl's subclasses: the default settings of their connections. */
    private static final JdkField CLIENT_PROTOCOLS = new JdkField("clientDefaultProtocols");

    private static final JdkField SERVER_PROTOCOLS = new JdkField("serverDefaultProtocols");
    private static final JdkField CLIENT_SUITES = new JdkField("clientDefaultCipherSuites");
    private static final JdkField SERVER_SUITES = new JdkField("serverDefaultCipherSuites");

    /** JSSE's own manager, or what is known of the application's: a {@link ForeignKeyManager}. */
    final @Nullable Object keyManager;

    /** JSSE's own manager, its class name, or an {@link ApplicationManager}. */
    final @Nullable Object trustManager;

    private final List<@Nullable Object> values;
    private final @Nullable Object sslContext;
    private final boolean client;
    /** The managers as the SSLContext has them. */
    private final @Nullable Object givenKeys;

    private final @Nullable Object givenTrust;

    private ConnectionSettings(List<@Nullable Object> values, @Nullable Object sslContext, boolean client) {
        this.values = values;
        this.sslContext = sslContext;
        this.client = client;
        this.givenKeys = KEY_MANAGER.get(sslContext);
        this.givenTrust = TRUST_MANAGER.get(sslContext);
        this.keyManager = keyManager(givenKeys);
        this.trustManager = trustManager(givenTrust);
    }

    /** The settings of a TransportContext, and of its handshake when one is under way. */
    public static ConnectionSettings of(Object context, @Nullable Object handshake, LatestSettings latest) {
        Object config = config(context, handshake);
        Object sslContext = CONTEXT_SSL_CONTEXT.get(context);
        boolean client = CLIENT_MODE.isTrue(config);
        ConnectionSettings known = latest.get(sslContext, client, handshake != null);
        if (known != null && known.isOf(config, handshake, sslContext, client)) {
            return known;
        }
        ConnectionSettings read = read(config, handshake, sslContext, client);
        latest.put(sslContext, client, handshake != null, read);
        return read;
    }

    private static ConnectionSettings read(
            @Nullable Object config, @Nullable Object handshake, @Nullable Object sslContext, boolean client) {
        return new ConnectionSettings(
                Collections.unmodifiableList(Arrays.asList(
                        PROTOCOLS.get(config),
                        ACTIVE_PROTOCOLS.get(handshake),
                        SUITES.get(config),
                        ACTIVE_SUITES.get(handshake),
                        list(GROUPS.get(config)),
                        list(SCHEMES.get(config)),
                        ACTIVE_SCHEMES.get(handshake),
                        list(ALPN.get(config)),
                        selector(config),
                        IDENTIFICATION.get(config),
                        client ? null : CLIENT_AUTH.get(config),
                        matchers(MATCHERS.get(config)),
                        client ? null : PREFER_LOCAL.get(config),
                        constraints(CONSTRAINTS.get(config)),
                        className(sslContext))),
                sslContext,
                client);
    }

    /** True when these are the settings of such a connection too; it reads fields and allocates nothing. */
    private boolean isOf(
            @Nullable Object config, @Nullable Object handshake, @Nullable Object context, boolean isClient) {
        Collection<?> matchers = (Collection<?>) MATCHERS.get(config);
        return sslContext == context
                && client == isClient
                && givenKeys == KEY_MANAGER.get(context)
                && givenTrust == TRUST_MANAGER.get(context)
                && has(0, PROTOCOLS.get(config))
                && has(1, ACTIVE_PROTOCOLS.get(handshake))
                && has(2, SUITES.get(config))
                && has(3, ACTIVE_SUITES.get(handshake))
                && has(4, GROUPS.get(config))
                && has(5, SCHEMES.get(config))
                && has(6, ACTIVE_SCHEMES.get(handshake))
                && has(7, ALPN.get(config))
                && has(8, selector(config))
                && has(9, IDENTIFICATION.get(config))
                && has(10, isClient ? null : CLIENT_AUTH.get(config))
                && values.get(11) == null
                && (matchers == null || matchers.isEmpty())
                && (isClient
                        ? values.get(12) == null
                        : Boolean.valueOf(PREFER_LOCAL.isTrue(config)).equals(values.get(12)))
                && has(13, constraints(CONSTRAINTS.get(config)));
    }

    /** True when the value is the one at that position. The lists are the JDK's, and so are their elements. */
    private boolean has(int position, @Nullable Object value) {
        Object own = values.get(position);
        if (own == value) {
            return true;
        }
        if (own == null || value == null) {
            return false;
        }
        return own instanceof List ? isSame((List<?>) own, value) : own.equals(value);
    }

    private static boolean isSame(List<?> own, Object value) {
        boolean array = value instanceof String[];
        if (!array && !(value instanceof List)) {
            return false;
        }
        int size = array ? ((String[]) value).length : ((List<?>) value).size();
        if (own.size() != size) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            Object one = array ? ((String[]) value)[i] : ((List<?>) value).get(i);
            Object other = own.get(i);
            if (one != other && (one == null || !one.equals(other))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Writes the server names that a client requests into an event of the connection, because each connection may have
     * its own.
     */
    public static void putServerNames(Event event, Object context) {
        Object names = SERVER_NAMES.get(config(context, Jsse.handshakeContext(context)));
        if (names instanceof Collection && Jsse.isClient(context)) {
            for (Object name : (Collection<?>) names) {
                // SNIHostName is final; any other SNIServerName may be the application's
                event.put(
                        Field.SNI_NAME,
                        name instanceof SNIHostName ? ((SNIHostName) name).getAsciiName() : className(name));
            }
        }
    }

    /**
     * The values that identify these settings: equal for equal settings, and only JDK objects. The managers are not
     * included.
     */
    List<@Nullable Object> key() {
        return values;
    }

    /** Writes the settings, on the writer's thread. */
    void describe(Event event) {
        names(event, Field.ENABLED_PROTOCOL, values.get(0), PROTOCOL_NAME);
        names(event, Field.ACTIVE_PROTOCOL, values.get(1), PROTOCOL_NAME);
        names(event, Field.ENABLED_SUITE, values.get(2), SUITE_NAME);
        names(event, Field.ACTIVE_SUITE, values.get(3), SUITE_NAME);
        Object groups = values.get(4);
        if (groups == null) {
            DefaultNamedGroups.putDefault(event);
        } else {
            names(event, Field.NAMED_GROUP, groups, SCHEME_NAME);
        }
        names(event, Field.SIGNATURE_SCHEME, values.get(5), SCHEME_NAME);
        names(event, Field.ACTIVE_SIGNATURE_SCHEME, values.get(6), SCHEME_NAME);
        names(event, Field.LOCAL_ALPN, values.get(7), SCHEME_NAME);
        event.put(Field.ALPN_SELECTOR, (String) values.get(8)).put(Field.IDENTIFICATION, (String) values.get(9));
        Object auth = values.get(10);
        event.put(Field.CLIENT_AUTH, auth instanceof Enum ? ((Enum<?>) auth).name() : null);
        names(event, Field.SNI_MATCHER, values.get(11), SCHEME_NAME);
        if (Boolean.TRUE.equals(values.get(12))) {
            event.put(Field.PREFER_LOCAL_SUITES, 1);
        }
        event.put(Field.CONSTRAINTS, (String) values.get(13));
        String type = (String) values.get(14);
        if (type != null && type.startsWith(CONTEXT_CLASSES)) {
            event.put(Field.SSL_CONTEXT, type.substring(CONTEXT_CLASSES.length()));
            defaults(
                    event,
                    Field.DEFAULT_PROTOCOL,
                    client ? CLIENT_PROTOCOLS : SERVER_PROTOCOLS,
                    values.get(0),
                    PROTOCOL_NAME);
            defaults(event, Field.DEFAULT_SUITE, client ? CLIENT_SUITES : SERVER_SUITES, values.get(2), SUITE_NAME);
        }
    }

    private void defaults(Event event, Field field, JdkField list, @Nullable Object enabled, JdkField name) {
        Object standard = list.get(sslContext);
        if (standard != null && !standard.equals(enabled)) {
            names(event, field, standard, name);
        }
    }

    private static @Nullable Object config(Object context, @Nullable Object handshake) {
        Object own = HANDSHAKE_CONFIG.get(handshake);
        return own != null ? own : CONTEXT_CONFIG.get(context);
    }

    /** JSSE's own manager, or a description of the application's; if JSSE wraps the manager, of the wrapped one. */
    private static @Nullable Object keyManager(@Nullable Object manager) {
        Object wrapped = manager == null ? null : KEY_WRAPPED.get(manager);
        Object real = wrapped == null ? manager : wrapped;
        return real != null && real.getClass().getClassLoader() != null
                ? new ForeignKeyManager(real, wrapped == null)
                : manager(manager, KEY_WRAPPED);
    }

    /** JSSE's own manager, or the class name of another; if JSSE wraps the manager, the wrapped one. */
    private static @Nullable Object manager(@Nullable Object manager, JdkField wrapped) {
        if (manager == null) {
            return null;
        }
        Object real = manager.getClass().getSimpleName().startsWith("Abstract") ? wrapped.get(manager) : manager;
        if (real == null || real.getClass().getClassLoader() != null) {
            return className(real);
        }
        String name = real.getClass().getName();
        boolean ours =
                name.startsWith("sun.security.ssl.X509") || name.equals("sun.security.ssl.SunX509KeyManagerImpl");
        return ours ? real : name;
    }

    private static @Nullable Object trustManager(@Nullable Object manager) {
        Object real = manager != null && manager.getClass().getSimpleName().startsWith("Abstract")
                ? TRUST_WRAPPED.get(manager)
                : manager;
        return real != null && real.getClass().getClassLoader() != null
                ? new ApplicationManager(real)
                : manager(manager, TRUST_WRAPPED);
    }

    /** The class of the application's own constraints, which JSSE may have wrapped; null for JSSE's default. */
    private static @Nullable String constraints(@Nullable Object constraints) {
        boolean own = constraints != null
                && constraints.getClass().getName().equals("sun.security.ssl.SSLAlgorithmConstraints");
        return className(own ? USER_CONSTRAINTS.get(constraints) : constraints);
    }

    private static @Nullable Object selector(@Nullable Object config) {
        Object selector = SOCKET_SELECTOR.get(config);
        return className(selector != null ? selector : ENGINE_SELECTOR.get(config));
    }

    private static @Nullable List<String> matchers(@Nullable Object matchers) {
        if (!(matchers instanceof Collection) || ((Collection<?>) matchers).isEmpty()) {
            return null;
        }
        List<String> told = new ArrayList<>();
        for (Object matcher : (Collection<?>) matchers) {
            boolean jdk = matcher.getClass().getName().equals("javax.net.ssl.SNIHostName$SNIHostNameMatcher");
            Object pattern = jdk ? MATCHER_PATTERN.get(matcher) : null;
            told.add(matcher.getClass().getName() + (pattern == null ? "" : " " + pattern));
        }
        return told;
    }

    private static @Nullable Object list(@Nullable Object array) {
        return array instanceof String[] ? Arrays.asList((String[]) array) : array;
    }

    private static @Nullable String className(@Nullable Object object) {
        return object == null ? null : object.getClass().getName();
    }

    private static void names(Event event, Field field, @Nullable Object list, JdkField name) {
        if (list instanceof Collection) {
            for (Object element : (Collection<?>) list) {
                event.put(field, element instanceof String ? (String) element : (String) name.get(element));
            }
        }
    }
}
