package dev.tlscope.demo;

import dev.tlscope.demo.tls.Transport;
import java.io.Closeable;
import java.net.InetSocketAddress;

/** A listener of the service. Its constructor starts it, close ends it. */
interface ServiceEndpoint extends Closeable {
    String name();

    Transport transport();

    InetSocketAddress address();
}
