package dev.tlscope.it.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Rules for every state of a page: text is legible, elements have names and lie within the window, the keyboard reaches all of them, and the focus is visible. */
final class PageAudit {
    /** WCAG 2.2, 1.4.3. */
    private static final double LEAST_CONTRAST = 4.5;

    private static final String VISIBLE =
            "const seen = e => e.checkVisibility() && e.getClientRects().length && !e.closest('.hidden,.skip');";

    /** Elements with their own text whose contrast is too low, with their ratio; disabled controls are exempt. */
    private static final String CONTRAST = "(() => {" + VISIBLE + """
            const parse = c => { const n = c.match(/[0-9.]+/g).map(Number); return n.length < 4 ? [...n, 1] : n; };
            const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
              .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
            const under = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c[3] === 1) return c; }
              return [255, 255, 255, 1]; };
            const root = document.querySelector('dialog[open]') || document.body, low = [];
            for (const e of root.querySelectorAll('*')) {
              if (!seen(e) || e.disabled || ![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
              const style = getComputedStyle(e), a = light(parse(e instanceof SVGElement ? style.fill : style.color)), b = light(under(e));
              const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
              if (ratio < %s) low.push(ratio.toFixed(2) + ' ' + e.tagName + '.' + e.getAttribute('class') + ' ' + e.textContent.slice(0, 40));
            }
            return low;
            })()""".formatted(LEAST_CONTRAST);

    /** Marks everything that the keyboard must reach, and returns the number; for the plots' columns one each. */
    private static final String MARK_STOPS = "(() => {" + VISIBLE + """
            const root = document.querySelector('dialog[open]') || document.body;
            const all = [...root.querySelectorAll('button,a[href],input,summary,[tabindex="0"]')].filter(e => seen(e) && !e.disabled);
            all.forEach((e, i) => { e.dataset.stop = i; });
            return all.length;
            })()""";

    private static final String FOCUS = """
            (() => { const e = document.activeElement, s = getComputedStyle(e);
              const drawn = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0 || s.strokeWidth === '2px' && s.stroke !== 'none';
              return {stop: e.dataset.stop ?? '', what: e.outerHTML.slice(0, 120), drawn}; })()""";

    private static final String NAMELESS = """
            [...document.querySelectorAll('button,input,[role=button],[role=img],[role=grid],dialog[open]')]
              .filter(e => !(e.getAttribute('aria-label') || e.getAttribute('aria-labelledby') || e.textContent.trim() || e.closest('label')))
              .map(e => e.outerHTML)""";

    private final Browser browser;

    PageAudit(Browser browser) {
        this.browser = browser;
    }

    /** Checks all rules except those for the keyboard. */
    void check(String state) {
        assertThat(strings(CONTRAST)).as("contrast, " + state).isEmpty();
        assertThat(strings(NAMELESS)).as("names, " + state).isEmpty();
        String tooWide = "Math.max(document.documentElement.scrollWidth - innerWidth,"
                + " document.querySelector('dialog[open]') ? document.querySelector('dialog').scrollWidth - innerWidth : 0)";
        assertThat(browser.value(tooWide).asInt()).as("width, " + state).isLessThanOrEqualTo(0);
        assertThat(browser.complaints()).as("console, " + state).isEmpty();
    }

    /** Tab reaches everything that can be operated, and each time the focus is visible. */
    void tabThrough(String state) {
        int stops = browser.value(MARK_STOPS).asInt();
        assertThat(stops).as(state).isPositive();
        Set<String> reached = new LinkedHashSet<>();
        for (int i = 0; i < 2 * stops + 10 && reached.size() < stops; i++) {
            browser.press("Tab");
            JsonNode focus = browser.value(FOCUS);
            String stop = focus.get("stop").asText();
            if (!stop.isEmpty()) {
                assertThat(focus.get("drawn").asBoolean())
                        .as(state + ", focus is seen on " + focus.get("what").asText())
                        .isTrue();
                reached.add(stop);
            }
        }
        assertThat(reached).as("Tab reaches all, " + state).hasSize(stops);
    }

    private List<String> strings(String script) {
        List<String> all = new ArrayList<>();
        browser.value(script).forEach(each -> all.add(each.asText()));
        return all;
    }
}
