#!/usr/bin/env bash
# Measures how a page of many handshakes is made and used: `report` with a heap of 256 MB, then the page in headless Chromium:
# drawing, sorting, filtering by text, scrolling, and opening a connection. Needs the built jars, chromium and chromedriver, and
# about 14 kB of disk per connection in a temporary directory, which is deleted at the end.
#   src/bench/report.sh [CONNECTIONS [RUNS [REPORT-OPTIONS...]]]     FAILED=5: how many of a hundred fail
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
connections=${1:-50000}
runs=${2:-3}
shift $(($# < 2 ? $# : 2))
java=${JAVA:-java}
agent=$PWD/agent/target/tlscope.jar
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

src/bench/long-capture.sh "$work" "$connections" "${FAILED:-5}" secrets=on

cat >"$work/Use.java" <<'J'
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Uses a page as a person would, PAGE PROFILE-DIR RUNS times, and prints medians as rows of a table. */
public class Use {
    /** Each answer is "NAME=MILLISECONDS ..."; a measure ends when the browser has drawn what it changed. */
    private static final String SCRIPT = """
        const done = arguments[0], all = [];
        const drawn = () => new Promise(r => requestAnimationFrame(() => setTimeout(r)));
        const pause = ms => new Promise(r => setTimeout(r, ms));
        const take = async (name, act) => { await drawn(); const from = performance.now(); await act(); await drawn();
          all.push(name + '=' + (performance.now() - from)); };
        const click = (selector, n) => document.querySelectorAll(selector)[n].click();
        const type = async text => { const q = document.getElementById('query'); q.value = text; q.dispatchEvent(new Event('input')); await pause(81); };
        (async () => {
          const paint = performance.getEntriesByType('paint').find(p => p.name === 'first-contentful-paint');
          all.push('first paint=' + paint.startTime);
          click('#outcomes button', 0);
          for (const n of [1, 4, 5, 7]) await take('sort by a column', () => click('#head button', n));
          for (const text of ['aes_256', '10.0.1', 'peer-refused', '']) await take('filter by a text, of which 80 ms wait for the next key', () => type(text));
          const rows = document.getElementById('rows');
          for (let at = 0; at < 40; at++) await take('scroll to another place', () => { rows.scrollTop = at * rows.scrollHeight / 40; });
          click('#outcomes button', 1);
          for (let at = 0; at < 8; at++) {
            rows.scrollTop = at * rows.scrollHeight / 8;
            await drawn(); await drawn();
            await take('open a connection', async () => { click('.row', 10); while (!document.getElementById('panel').open) await pause(1); });
            click('.close', 0);
          }
          done(all.join(';'));
        })();""";

    private final HttpClient http = HttpClient.newHttpClient();

    public static void main(String[] a) throws Exception {
        // it ends when the port that the kernel gave it for IPv6 is somebody's for IPv4
        for (int attempt = 0; attempt < 10; attempt++) {
            Process driver = new ProcessBuilder("chromedriver", "--port=0").redirectErrorStream(true).start();
            try {
                String port = port(driver);
                if (port != null) {
                    new Use().use(driver, "http://127.0.0.1:" + port + "/session", Path.of(a[0]), a[1], Integer.parseInt(a[2]));
                    return;
                }
            } finally {
                driver.descendants().forEach(ProcessHandle::destroyForcibly);
                driver.destroyForcibly();
            }
        }
        throw new IllegalStateException("chromedriver does not start");
    }

    private static String port(Process driver) throws Exception {
        Matcher port = Pattern.compile("on port ([0-9]+)").matcher("");
        BufferedReader out = new BufferedReader(new InputStreamReader(driver.getInputStream()));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.contains("started successfully") && port.reset(line).find()) {
                return port.group(1);
            }
        }
        return null;
    }

    private void use(Process driver, String base, Path page, String profile, int runs) throws Exception {
        Map<String, List<Double>> taken = new LinkedHashMap<>();
        for (int run = 0; run < runs; run++) {
            String session = base + "/" + field("sessionId", send("POST", base,
                    "{'capabilities':{'alwaysMatch':{'goog:chromeOptions':{'args':['--headless','--no-sandbox','--disable-gpu',"
                            + "'--no-first-run','--disable-background-networking','--disable-component-update','--disable-sync',"
                            + "'--window-size=1280,1000','--user-data-dir=" + profile + run + "']}}}}"));
            long from = System.nanoTime();
            send("POST", session + "/url", "{'url':'" + page.toUri() + "'}");
            while (!execute(session, "sync", "return String(document.documentElement.dataset.ready)").equals("yes")) {
                Thread.sleep(5);
            }
            add(taken, "open the page, until it is drawn", (System.nanoTime() - from) / 1e6);
            for (String one : execute(session, "async", SCRIPT).split(";")) {
                add(taken, one.substring(0, one.indexOf('=')), Double.parseDouble(one.substring(one.indexOf('=') + 1)));
            }
            add(taken, "memory of the tab, MB", memory(driver));
            send("DELETE", session, null);
        }
        taken.forEach((name, values) -> {
            values.sort(null);
            String unit = name.endsWith("MB") ? " MB" : " ms";
            System.out.printf("| %s | %.0f%s | %.0f%s |%n", name.replaceFirst(", MB$", ""), values.get(values.size() / 2), unit,
                    values.get(values.size() - 1), unit);
        });
    }

    /** Resident memory of the largest renderer: the page's. */
    private static double memory(Process driver) {
        return driver.descendants()
                .mapToDouble(each -> {
                    try {
                        if (!Files.readString(Path.of("/proc/" + each.pid() + "/cmdline")).contains("--type=renderer")) {
                            return 0;
                        }
                        String status = Files.readString(Path.of("/proc/" + each.pid() + "/status"));
                        return Double.parseDouble(status.replaceFirst("(?s).*VmRSS:\\s*([0-9]+).*", "$1")) / 1024;
                    } catch (Exception e) {
                        return 0;
                    }
                })
                .max()
                .orElse(0);
    }

    private static void add(Map<String, List<Double>> taken, String name, double value) {
        taken.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
    }

    private String execute(String session, String kind, String script) throws Exception {
        String text = script.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        return field("value", send("POST", session + "/execute/" + kind, "{\"script\":\"" + text + "\",\"args\":[]}"));
    }

    private static String field(String name, String json) {
        Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        if (!found.find()) {
            throw new IllegalStateException(json);
        }
        return found.group(1);
    }

    private String send(String method, String url, String body) throws Exception {
        String json = body != null && body.startsWith("{'") ? body.replace('\'', '"') : body;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        return http.send(request.method(method, json == null
                ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json)).build(), BodyHandlers.ofString()).body();
    }
}
J

/usr/bin/time -o "$work/time" -f '%U %S %e %M' "$java" -Xmx256m -jar "$agent" report "$work/long.pcapng" -o "$work/page.html" "$@" >"$work/said"

echo "JDK $("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/ *java.runtime.version = //p'), $(chromium --version 2>/dev/null | head -1), $(nproc) cores, $(uname -m)"
echo "$connections connections, ${FAILED:-5} of 100 failed, capture of $(($(stat -c %s "$work/long.pcapng") / 1000000)) MB; report${*:+ $*}"
sed 1d "$work/said"
echo
awk -v size="$(stat -c %s "$work/page.html")" '{ printf "`report`: %.1f s, of CPU %.1f s, %.0f MB of memory; the page has %.1f MB\n", $3, $1 + $2, $4 / 1024, size / 1e6 }' "$work/time"
echo
echo "| the page, in headless Chromium | median | most |"
echo "|---|---|---|"
"$java" "$work/Use.java" "$work/page.html" "$work/profile" "$runs"
