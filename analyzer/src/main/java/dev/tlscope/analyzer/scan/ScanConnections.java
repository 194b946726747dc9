package dev.tlscope.analyzer.scan;

import dev.tlscope.analyzer.registry.ProtocolVersions;
import dev.tlscope.analyzer.scan.HelloAnswer.Reaction;
import dev.tlscope.tls.ContentType;
import dev.tlscope.transport.NoTransportException;
import dev.tlscope.transport.TcpTransport;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Sends each offer on a connection of its own, and counts them. */
final class ScanConnections {
    private static final int MOST_RECORDS = 64;

    private final TcpTransport transport;
    private final IntConsumer progress;
    private int count;

    /** @param progress receives the number of connections so far */
    ScanConnections(TcpTransport transport, IntConsumer progress) {
        this.transport = transport;
        this.progress = progress;
    }

    int count() {
        return count;
    }

    /** The answer to an offer. The same address answers all, because the first that is reachable is taken. */
    HelloAnswer ask(ScanOffer offer) throws NoTransportException {
        progress.accept(++count);
        byte[] hello = ClientHelloWriter.write(offer);
        try (Socket socket = transport.open(0)) {
            OutputStream out = socket.getOutputStream();
            out.write(record(hello, Math.min(offer.version(), ProtocolVersions.TLS10)));
            out.flush();
            return answer(new RecordStreamReader(socket.getInputStream()), new ServerAnswer(offer, hello));
        } catch (NoTransportException e) {
            throw e;
        } catch (RecordStreamReader.NoRecordException e) {
            return ServerAnswer.notTls(e.bytes());
        } catch (SocketTimeoutException e) {
            return HelloAnswer.without(Reaction.SILENT, "no answer in time");
        } catch (IOException e) {
            return HelloAnswer.without(Reaction.REFUSED, String.valueOf(e.getMessage()));
        }
    }

    private static HelloAnswer answer(RecordStreamReader records, ServerAnswer reader) throws IOException {
        for (int i = 0; i < MOST_RECORDS; i++) {
            Optional<HelloAnswer> known = reader.take(records.next());
            if (known.isPresent()) {
                return known.get();
            }
        }
        return HelloAnswer.without(Reaction.REFUSED, "records without an end");
    }

    private static byte[] record(byte[] hello, int version) {
        return new WireWriter()
                .number(1, ContentType.HANDSHAKE)
                .number(2, version)
                .block(2, hello)
                .toBytes();
    }
}
