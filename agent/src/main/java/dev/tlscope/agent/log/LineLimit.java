package dev.tlscope.agent.log;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How many lines a problem may have: so many in a minute, and what is beyond is counted into the next. Listeners' thread. */
final class LineLimit {
    private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int MOST_KEYS = 200;

    private final int mostInAMinute;
    private final Map<String, Window> windows = new LinkedHashMap<>();
    private long suppressed;

    LineLimit(int mostInAMinute) {
        this.mostInAMinute = mostInAMinute;
    }

    /**
     * Whether a line of that problem may be written now.
     *
     * @param nanos a monotonic clock
     * @return how many were left out since the last line, or -1 when this one is left out
     */
    long pass(String key, long nanos) {
        Window window = windows.get(key);
        if (window == null) {
            window = new Window();
            window.begun = nanos;
            windows.put(key, window);
            if (windows.size() > MOST_KEYS) {
                windows.remove(windows.keySet().iterator().next());
            }
        }
        if (nanos - window.begun >= WINDOW_NANOS) {
            window.begun = nanos;
            window.lines = 0;
        }
        if (window.lines >= mostInAMinute) {
            window.left++;
            suppressed++;
            return -1;
        }
        window.lines++;
        long left = window.left;
        window.left = 0;
        return left;
    }

    /** Lines left out so far. */
    long suppressed() {
        return suppressed;
    }

    private static final class Window {
        private long begun;
        private int lines;
        private long left;
    }
}
