package dev.tlscope.it.life;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;

/**
 * Another agent, which reports from inside the target what tlscope left there. Argument: {@code dump FILE} writes the
 * current bytes of every loaded JSSE class into the directory FILE.classes; {@code listen FILE} puts a counting handler
 * into the Tap; {@code spoil FILE} makes every later retransformation of one JSSE class fail; {@code count FILE}
 * reports whether woven code still calls the handler, how many classes of ours are left, and which threads.
 */
public final class ProbeAgent {
    private static final AtomicLong CALLS = new AtomicLong();

    private ProbeAgent() {}

    public static void agentmain(String arguments, Instrumentation instrumentation) throws Exception {
        String[] words = arguments.split(" ", 2);
        String answer = switch (words[0]) {
            case "dump" -> dump(instrumentation, Path.of(words[1] + ".classes"));
            case "listen" -> listen(instrumentation);
            case "spoil" -> spoil(instrumentation);
            default -> count(instrumentation);
        };
        Files.writeString(Path.of(words[1]), answer);
    }

    /** Writes the bytes that the JVM runs of every loaded class of JSSE and of other TLS. */
    private static String dump(Instrumentation instrumentation, Path directory) throws Exception {
        Files.createDirectories(directory);
        Map<String, byte[]> running = new ConcurrentHashMap<>();
        ClassFileTransformer reader = new ClassFileTransformer() {
            @Override
            public byte[] transform(
                    ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
                if (redefined != null && isWatched(redefined)) {
                    running.put(name, bytes);
                }
                return null;
            }
        };
        List<Class<?>> jsse = new ArrayList<>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (isWatched(type) && instrumentation.isModifiableClass(type) && !type.isHidden()) {
                jsse.add(type);
            }
        }
        instrumentation.addTransformer(reader, true);
        instrumentation.retransformClasses(jsse.toArray(new Class<?>[0]));
        instrumentation.removeTransformer(reader);
        for (Map.Entry<String, byte[]> entry : running.entrySet()) {
            String file = entry.getKey().substring(entry.getKey().lastIndexOf('/') + 1);
            Files.write(directory.resolve(file), entry.getValue());
        }
        return "dumped " + running.size();
    }

    /** True for JSSE, for engines and sockets of others, and for the class that is woven to find the engines' sockets. */
    private static boolean isWatched(Class<?> type) {
        String name = type.getName();
        return type.getClassLoader() == null
                ? name.startsWith("sun.security.ssl.")
                        || name.startsWith("javax.net.ssl.")
                        || name.equals("sun.nio.ch.SocketDispatcher")
                : SSLEngine.class.isAssignableFrom(type) || SSLSocket.class.isAssignableFrom(type);
    }

    private static String listen(Instrumentation instrumentation) throws Exception {
        instrumentation.redefineModule(
                Object.class.getModule(),
                Set.of(),
                Map.of(),
                Map.of("sun.security.ssl", Set.of(ProbeAgent.class.getModule())),
                Set.of(),
                Map.of());
        Field handler =
                Class.forName("sun.security.ssl.TlscopeTap3", false, null).getField("handler");
        handler.setAccessible(true);
        boolean wasFree = handler.get(null) == null;
        InvocationHandler counter = (proxy, method, values) -> {
            CALLS.incrementAndGet();
            return null;
        };
        handler.set(
                null,
                Proxy.newProxyInstance(ProbeAgent.class.getClassLoader(), new Class<?>[] {handler.getType()}, counter));
        return "handler was free: " + wasFree;
    }

    private static String spoil(Instrumentation instrumentation) {
        instrumentation.addTransformer(
                new ClassFileTransformer() {
                    @Override
                    public byte[] transform(
                            ClassLoader loader,
                            String name,
                            Class<?> redefined,
                            ProtectionDomain domain,
                            byte[] bytes) {
                        return redefined != null && name.equals("sun/security/ssl/InputRecord") ? new byte[10] : null;
                    }
                },
                true);
        return "spoilt";
    }

    private static String count(Instrumentation instrumentation) {
        long ours = 0;
        for (int i = 0; i < 20; i++) {
            System.gc();
            ours = 0;
            for (Class<?> type : instrumentation.getAllLoadedClasses()) {
                ClassLoader loader = type.getClassLoader();
                if (loader != null && loader.getClass().getName().equals("dev.tlscope.agent.InstLoader")) {
                    ours++;
                }
            }
            if (ours == 0) {
                break;
            }
        }
        long threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("tlscope"))
                .count();
        return "calls " + CALLS.get() + ", classes " + ours + ", threads " + threads;
    }
}
