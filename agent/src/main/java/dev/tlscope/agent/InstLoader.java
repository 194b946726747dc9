package dev.tlscope.agent;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.security.AllPermission;
import java.security.CodeSource;
import java.security.Permissions;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Enumeration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The private class loader: reads what is under {@code inst/} in tlscope.jar, where class files end in {@code .classdata} so
 * that no other loader finds them. Closing it closes the jar; when the last reference to it is gone, the JVM unloads all of our
 * classes.
 *
 * <p>{@link #run} reads what is left in the jar and closes it: a jar that is overwritten while it is open has no classes any more, and
 * on JDK 8 a look into it ends the JVM.
 */
final class InstLoader extends ClassLoader implements Closeable, Runnable {
    private static final String ROOT = "inst/";
    private static final String TOOLS = ROOT + "tools.zip";
    private static final String CLASS = ".class";
    private static final String CLASS_ENTRY = ".classdata";

    static {
        registerAsParallelCapable();
    }

    private final JarFile jar;
    private final String jarPath;
    private final ProtectionDomain domain;
    /** What is in memory, by entry name: for the command line its own classes, in a target the agent's once all is read. */
    private final Map<String, byte[]> kept = new ConcurrentHashMap<>();

    private volatile boolean closed;

    InstLoader(String jarPath, @Nullable ClassLoader parent) throws IOException {
        super(parent);
        this.jar = new JarFile(jarPath);
        this.jarPath = jarPath;
        // Under a SecurityManager (JDK 17 and earlier) our code needs permissions of its own, not those of the
        // application's policy.
        Permissions permissions = new Permissions();
        permissions.add(new AllPermission());
        this.domain = new ProtectionDomain(new CodeSource(null, (Certificate[]) null), permissions);
    }

    /** The loader for the command line, with its additional classes. */
    static InstLoader withTools(String jarPath, ClassLoader parent) throws IOException {
        InstLoader loader = new InstLoader(jarPath, parent);
        JarEntry entry = loader.jar.getJarEntry(TOOLS);
        if (entry == null) {
            throw new IOException(jarPath + " has no " + TOOLS);
        }
        try (ZipInputStream zip = new ZipInputStream(loader.jar.getInputStream(entry))) {
            for (ZipEntry tool = zip.getNextEntry(); tool != null; tool = zip.getNextEntry()) {
                loader.kept.put(ROOT + tool.getName(), readAll(zip, tool.getSize()));
            }
        }
        return loader;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        try {
            byte[] bytes = read(ROOT + name.replace('.', '/') + CLASS_ENTRY);
            if (bytes != null) {
                return defineClass(name, bytes, 0, bytes.length, domain);
            }
        } catch (IOException e) {
            throw new ClassNotFoundException(name + ": cannot read " + jarPath, e);
        }
        throw new ClassNotFoundException(name);
    }

    @Override
    public void run() {
        try {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                String name = entry.getName();
                if (name.startsWith(ROOT) && !name.equals(TOOLS) && !entry.isDirectory() && !isLoaded(name)) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        kept.put(name, readAll(in, entry.getSize()));
                    }
                }
            }
            close();
        } catch (IOException | IllegalStateException e) {
            // it was overwritten, or another thread was faster: what is not in memory stays in the jar
        }
    }

    /** A class that is loaded is kept only for a transformer that may ask for its bytes, so not at all. */
    private boolean isLoaded(String entry) {
        return entry.endsWith(CLASS_ENTRY)
                && findLoadedClass(entry.substring(ROOT.length(), entry.length() - CLASS_ENTRY.length())
                                .replace('/', '.'))
                        != null;
    }

    @Override
    protected @Nullable URL findResource(String name) {
        String entry = entry(name);
        if (!has(entry)) {
            return null;
        }
        try {
            return new URL("jar:" + new java.io.File(jarPath).toURI() + "!/" + entry);
        } catch (MalformedURLException e) {
            return null;
        }
    }

    /**
     * A transformer of another agent, such as AspectJ's weaver, asks a class's loader for its bytes as {@code X.class}, and prints an
     * error for each class that it does not get.
     */
    private String entry(String name) {
        String renamed = ROOT + name + "data";
        return name.endsWith(CLASS) && has(renamed) ? renamed : ROOT + name;
    }

    private boolean has(String entry) {
        return kept.containsKey(entry) || (!closed && jar.getJarEntry(entry) != null);
    }

    /** The entry is read here, because a jar: URL would leave the jar open in the JVM's cache after a detach. */
    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        try {
            byte[] bytes = read(entry(name));
            return bytes != null ? new ByteArrayInputStream(bytes) : super.getResourceAsStream(name);
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        jar.close();
    }

    private byte @Nullable [] read(String entryName) throws IOException {
        byte[] bytes = kept.get(entryName);
        if (bytes != null || closed) {
            return bytes;
        }
        try {
            JarEntry entry = jar.getJarEntry(entryName);
            if (entry == null) {
                return null;
            }
            try (InputStream in = jar.getInputStream(entry)) {
                return readAll(in, entry.getSize());
            }
        } catch (IOException | IllegalStateException e) {
            bytes = kept.get(entryName); // the jar was closed meanwhile, and all that is in it was read before
            if (bytes == null) {
                throw new IOException(e);
            }
            return bytes;
        }
    }

    private static byte[] readAll(InputStream in, long expected) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.max(512, (int) expected));
        byte[] chunk = new byte[8192];
        for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
            bytes.write(chunk, 0, n);
        }
        return bytes.toByteArray();
    }
}
