package dev.tlscope.agent.jfr;

/** Defines the classes of our JFR events. They know the JDK alone. */
final class EventLoader extends ClassLoader {
    EventLoader() {
        super(EventLoader.class.getClassLoader());
    }

    Class<?> define(String name, byte[] classFile) {
        return defineClass(name, classFile, 0, classFile.length);
    }
}
