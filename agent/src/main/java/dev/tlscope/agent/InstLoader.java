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
import java.util.HashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The private class loader: reads what is under {@code inst/} in tlscope.jar, where class files end in {@code .classdata} so
 * that no other loader finds them. Closing it closes the jar; when the last reference to it is gone, the JVM unloads all of our
 * classes.
 */
final class InstLoader extends ClassLoader implements Closeable {
    private static final String ROOT = "inst/";
    private static final String TOOLS = ROOT + "tools.zip";
    private static final String CLASS = ".class";

    static {
        registerAsParallelCapable();
    }

    private final JarFile jar;
    private final String jarPath;
    private final ProtectionDomain domain;
    /** Classes that the command line needs in addition to the agent's, by entry name; empty in a target. */
    private final Map<String, byte[]> tools = new HashMap<>();

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
                loader.tools.put(ROOT + tool.getName(), readAll(zip, tool.getSize()));
            }
        }
        return loader;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        try {
            byte[] bytes = read(ROOT + name.replace('.', '/') + ".classdata");
            if (bytes != null) {
                return defineClass(name, bytes, 0, bytes.length, domain);
            }
        } catch (IOException e) {
            throw new ClassNotFoundException(name + ": cannot read " + jarPath, e);
        }
        throw new ClassNotFoundException(name);
    }

    @Override
    protected @Nullable URL findResource(String name) {
        String entry = entry(name);
        if (jar.getJarEntry(entry) == null) {
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
        return name.endsWith(CLASS) && jar.getJarEntry(renamed) != null ? renamed : ROOT + name;
    }

    /** The entry is read here, because a jar: URL would leave the jar open in the JVM's cache after a detach. */
    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        try {
            JarEntry entry = jar.getJarEntry(entry(name));
            byte[] tool = tools.get(ROOT + name);
            if (entry == null && tool != null) {
                return new ByteArrayInputStream(tool);
            }
            return entry != null ? jar.getInputStream(entry) : super.getResourceAsStream(name);
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        jar.close();
    }

    private byte @Nullable [] read(String entryName) throws IOException {
        JarEntry entry = jar.getJarEntry(entryName);
        if (entry == null) {
            return tools.get(entryName);
        }
        try (InputStream in = jar.getInputStream(entry)) {
            return readAll(in, entry.getSize());
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
