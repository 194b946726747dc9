package dev.tlscope.it.harness;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * Forwards one connection's TLS records between its ends, and alters, drops, repeats or delays them. Ends with the
 * connection.
 */
public final class RecordProxy implements AutoCloseable {
    /** Returns the records to send instead of one, in one direction. */
    public interface RecordFault {
        List<byte[]> carry(byte[] record);

        /** Passes all records unaltered. */
        static RecordFault none() {
            return record -> List.of(record);
        }
    }

    private static final int HEADER = 5;

    private final ServerSocket listener;
    private final int target;
    private final RecordFault toServer;
    private final RecordFault toClient;
    private final List<Socket> sockets = new ArrayList<>();

    private RecordProxy(int target, RecordFault toServer, RecordFault toClient) throws IOException {
        this.listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        this.target = target;
        this.toServer = toServer;
        this.toClient = toClient;
    }

    /** Listens for one connection, and forwards it to a server on that port. */
    public static RecordProxy before(int target, RecordFault toServer, RecordFault toClient) throws IOException {
        RecordProxy proxy = new RecordProxy(target, toServer, toClient);
        new Thread(proxy::run, "proxy").start();
        return proxy;
    }

    public int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        synchronized (sockets) {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private void run() {
        try {
            Socket client = listener.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            // each record is a segment: waiting for an acknowledgement would cost 40 ms per record
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            synchronized (sockets) {
                sockets.addAll(List.of(client, server));
            }
            new Thread(() -> carry(client, server, toServer), "to server").start();
            carry(server, client, toClient);
        } catch (IOException e) {
            // the test ends, or fails because no connection came
        }
    }

    private static void carry(Socket from, Socket to, RecordFault fault) {
        try {
            DataInputStream in = new DataInputStream(from.getInputStream());
            OutputStream out = to.getOutputStream();
            while (true) {
                for (byte[] record : fault.carry(next(in))) {
                    out.write(record);
                }
            }
        } catch (EOFException e) {
            try {
                to.shutdownOutput();
            } catch (IOException gone) {
                // it was closed by its own end
            }
        } catch (IOException e) {
            // one end closed; the thread of the other direction detects it too
        }
    }

    private static byte[] next(DataInputStream in) throws IOException {
        byte[] header = new byte[HEADER];
        in.readFully(header);
        byte[] body = new byte[(header[3] & 0xff) << 8 | (header[4] & 0xff)];
        in.readFully(body);
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.writeBytes(header);
        record.writeBytes(body);
        return record.toByteArray();
    }
}
