package dev.tlscope.it.server;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/** {@code TomcatServer PKI-DIR nio|nio2}: Tomcat's connectors over SSLEngine. */
public final class TomcatServer {
    private TomcatServer() {}

    public static void main(String[] line) throws Exception {
        Calls calls = new Calls(line[0]);
        Path base = Files.createTempDirectory("tomcat");
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(base.toString());
        Connector connector = new Connector(
                line[1].equals("nio")
                        ? "org.apache.coyote.http11.Http11NioProtocol"
                        : "org.apache.coyote.http11.Http11Nio2Protocol");
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("SSLEnabled", "true");
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
        calls.lose(connector.getLocalPort());
        calls.get(connector.getLocalPort());
        tomcat.stop();
        tomcat.destroy();
        System.out.println("done");
        System.exit(0);
    }
}
