package dev.tlscope.it.server;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/**
 * {@code WebApplications DIRECTORY PROGRAMS-JAR PKI-DIR LOGBACK-XML LIBRARY...}: Tomcat with the web applications {@code first} and
 * {@code second}, each with its own SLF4J, its own configuration, and its own FailingCalls. A line on standard input is the
 * application's name and a command for its FailingCalls, which a request's thread carries out, or {@code undeploy}.
 */
public final class WebApplications {
    private static final int COLLECTIONS = 200;

    private final Tomcat tomcat = new Tomcat();
    private final Path directory;
    private final List<Path> libraries;
    private final String pki;
    private final String configuration;
    private final HttpClient client = HttpClient.newHttpClient();

    private WebApplications(List<String> line) throws IOException {
        directory = Path.of(line.get(0));
        pki = line.get(2);
        configuration = Files.readString(Path.of(line.get(3)));
        libraries = line.subList(4, line.size()).stream().map(Path::of).toList();
        tomcat.setBaseDir(directory.resolve("tomcat").toString());
        tomcat.setPort(0);
        tomcat.setSilent(true);
        add("first", Path.of(line.get(1)));
        add("second", Path.of(line.get(1)));
    }

    public static void main(String[] line) throws Exception {
        WebApplications applications = new WebApplications(Arrays.asList(line));
        applications.tomcat.getConnector();
        applications.tomcat.start();
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String command = in.readLine(); command != null; command = in.readLine()) {
            String[] words = command.split(" ", 2);
            System.out.println(
                    words[1].equals("undeploy")
                            ? applications.undeploy(words[0])
                            : applications.ask(words[0], words[1]));
        }
        applications.tomcat.stop();
    }

    private void add(String name, Path programs) throws IOException {
        Path root = Files.createDirectories(directory.resolve("webapps").resolve(name));
        Path inside = Files.createDirectories(root.resolve("WEB-INF/lib"));
        for (Path library : libraries) {
            Files.copy(library, inside.resolve(library.getFileName()));
        }
        Files.copy(programs, inside.resolve(programs.getFileName()));
        Path classes = Files.createDirectories(root.resolve("WEB-INF/classes"));
        Files.writeString(
                classes.resolve("logback.xml"),
                configuration.replace(
                        "${log.file}", directory.resolve(name + ".log").toString()));
        Context context = tomcat.addContext("/" + name, root.toString());
        Tomcat.addServlet(context, "calls", new CallingServlet(pki)).addMapping("/*");
    }

    private String ask(String name, String command) throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + tomcat.getConnector().getLocalPort() + "/" + name + "/?"
                + URLEncoder.encode(command, StandardCharsets.UTF_8));
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Whether the application's class loader can be collected after that. */
    private String undeploy(String name) throws Exception {
        Context context = (Context) tomcat.getHost().findChild("/" + name);
        WeakReference<ClassLoader> loader =
                new WeakReference<>(context.getLoader().getClassLoader());
        context.stop();
        context.destroy();
        tomcat.getHost().removeChild(context);
        context = null;
        for (int collections = 0; loader.get() != null && collections < COLLECTIONS; collections++) {
            System.gc();
            Thread.sleep(100);
        }
        return loader.get() == null ? "collected" : "still there";
    }

    /** Carries out the command of a request in the web application's class loader. */
    private static final class CallingServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        private final String pki;

        CallingServlet(String pki) {
            this.pki = pki;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String command = java.net.URLDecoder.decode(request.getQueryString(), StandardCharsets.UTF_8);
            try {
                Class<?> calls = Class.forName(
                        "dev.tlscope.it.listen.FailingCalls",
                        true,
                        Thread.currentThread().getContextClassLoader());
                Object made = calls.getConstructor(String.class, String.class).newInstance(pki, "slf4j");
                Object answer = calls.getMethod("answer", String.class).invoke(made, command);
                response.getWriter().print(answer);
            } catch (ReflectiveOperationException e) {
                response.getWriter().print(e);
            }
        }
    }
}
