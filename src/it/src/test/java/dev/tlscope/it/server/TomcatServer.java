package dev.tlscope.it.server;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/** {@code TomcatServer PKI-DIR nio|nio2}: Tomcat's connectors over SSLEngine, with HTTP/2. */
public final class TomcatServer implements HttpsService {
    private final Tomcat tomcat = new Tomcat();
    private final Connector connector;

    TomcatServer(Calls calls, String kind) throws Exception {
        Path base = Files.createTempDirectory("tomcat");
        tomcat.setBaseDir(base.toString());
        connector = new Connector(
                kind.equals("nio")
                        ? "org.apache.coyote.http11.Http11NioProtocol"
                        : "org.apache.coyote.http11.Http11Nio2Protocol");
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("SSLEnabled", "true");
        connector.addUpgradeProtocol(new Http2Protocol());
        SSLHostConfig host = new SSLHostConfig();
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateKeystoreFile(calls.keyStore().toString());
        certificate.setCertificateKeystoreType("PKCS12");
        certificate.setCertificateKeystorePassword(Calls.PASSWORD);
        host.addCertificate(certificate);
        connector.addSslHostConfig(host);
        tomcat.setConnector(connector);
        tomcat.addContext("", base.toString());
        tomcat.start();
    }

    public static void main(String[] line) throws Exception {
        Calls calls = new Calls(line[0]);
        HttpsService.serve(calls, new TomcatServer(calls, line[1]));
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }
}
