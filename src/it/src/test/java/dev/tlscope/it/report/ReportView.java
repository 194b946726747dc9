package dev.tlscope.it.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads from the browser what its user sees of a report. */
final class ReportView {
    private final Browser browser;

    ReportView(Browser browser) {
        this.browser = browser;
    }

    /** True when the focus is on a row of the table. */
    boolean isOnRow() {
        return browser.value("document.activeElement.classList.contains('row')").asBoolean();
    }

    /** The texts of all elements that a CSS selector finds. */
    List<String> texts(String selector) {
        List<String> all = new ArrayList<>();
        browser.value("[...document.querySelectorAll('" + selector + "')].map(e => e.textContent)")
                .forEach(text -> all.add(text.asText()));
        return all;
    }

    /** A column of the table from top to bottom. */
    List<String> column(String look) {
        List<String> all = new ArrayList<>();
        browser.value(
                        "[...document.querySelectorAll('.row')].sort((a, b) => a.getAttribute('aria-rowindex') -"
                                + " b.getAttribute('aria-rowindex')).map(row => row.querySelector('." + look + "'))"
                                + ".map(cell => cell.querySelector('[aria-label]')?.getAttribute('aria-label') ?? cell.textContent)")
                .forEach(text -> all.add(text.asText()));
        return all;
    }

    /** aria-sort of a column's head. */
    String sort(String head) {
        return browser.value("document.querySelector('" + head + "').getAttribute('aria-sort')")
                .asText();
    }

    /** JavaScript for the plot of that title. */
    String plot(String title) {
        return "[...document.querySelectorAll('.plot')].find(p => p.querySelector('h3').textContent === '" + title
                + "')";
    }

    /** The values of a bar plot, by name. */
    Map<String, Integer> bars(String title) {
        Map<String, Integer> all = new TreeMap<>();
        browser.value("[..." + plot(title)
                        + ".querySelectorAll('.bars button')].map(b => [b.querySelector('.name').textContent,"
                        + " parseInt(b.querySelector('.num').textContent)])")
                .forEach(bar -> all.put(bar.get(0).asText(), bar.get(1).asInt()));
        return all;
    }

    /** The sum of the numbers that a pattern finds in the labels of a plot's columns. */
    long sum(String plot, String pattern) {
        return browser.value("[..." + plot + ".querySelectorAll('.hit')].reduce((sum, hit) => sum + parseInt("
                        + "hit.getAttribute('aria-label').match(" + pattern + ")[1]), 0)")
                .asLong();
    }
}
