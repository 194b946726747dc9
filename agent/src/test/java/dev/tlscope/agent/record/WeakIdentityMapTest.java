package dev.tlscope.agent.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WeakIdentityMapTest {
    @Test
    void keysAreComparedByIdentity() {
        WeakIdentityMap<String> map = new WeakIdentityMap<>();
        String one = new String("key");
        String other = new String("key");
        assertNull(map.putIfAbsent(one, "first"));
        assertNull(map.get(other));
        assertEquals("first", map.putIfAbsent(one, "second"));
        assertEquals("first", map.get(one));
        map.put(one, "third");
        assertEquals("third", map.get(one));
        assertEquals("third", map.remove(one));
        assertNull(map.remove(one));
        assertNull(map.get(one));
    }

    @Test
    void everyEntryIsFoundAfterOthersWereRemoved() {
        WeakIdentityMap<Integer> map = new WeakIdentityMap<>();
        List<Object> keys = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            keys.add(new Object());
            map.putIfAbsent(keys.get(i), i);
            if (i % 3 == 0) {
                map.remove(keys.get(i / 2));
            }
        }
        for (int i = 0; i < keys.size(); i++) {
            boolean removed = i < 10_000 && (2 * i % 3 == 0 || (2 * i + 1) % 3 == 0);
            assertEquals(removed ? null : Integer.valueOf(i), map.get(keys.get(i)), "key " + i);
        }
    }

    @Test
    void theCostOfALookUpDoesNotGrowWithTheNumberOfEntries() {
        WeakIdentityMap<Integer> map = new WeakIdentityMap<>();
        List<Object> keys = new ArrayList<>();
        for (int i = 0; i < 200_000; i++) {
            keys.add(new Object());
            map.putIfAbsent(keys.get(i), i);
        }
        // many that come and go, as connections do
        for (int i = 0; i < 400_000; i++) {
            Object passing = new Object();
            map.putIfAbsent(passing, i);
            map.remove(passing);
        }
        long probes = 0;
        for (Object key : keys) {
            probes += map.probes(key);
        }
        assertTrue(probes < 4L * keys.size(), probes + " slots for " + keys.size() + " keys");
        long missing = 0;
        for (int i = 0; i < 100_000; i++) {
            missing += map.probes(new Object());
        }
        assertTrue(missing < 12L * 100_000, missing + " slots for 100,000 keys that are not there");
    }

    @Test
    void aCollectedKeyGivesItsValueOnce() {
        WeakIdentityMap<String> map = new WeakIdentityMap<>();
        Object stays = new Object();
        map.putIfAbsent(stays, "stays");
        for (int i = 0; i < 100; i++) {
            map.putIfAbsent(new Object(), "goes");
        }
        List<String> gone = new ArrayList<>();
        for (int round = 0; round < 1_000 && gone.size() < 100; round++) {
            System.gc();
            for (String value = map.collected(); value != null; value = map.collected()) {
                gone.add(value);
            }
        }
        assertEquals(Collections.nCopies(100, "goes"), gone);
        assertEquals(Collections.singletonList("stays"), new ArrayList<>(map.values()));
        assertEquals("stays", map.get(stays));
    }

    @Test
    void clearReturnsEveryValue() {
        WeakIdentityMap<Integer> map = new WeakIdentityMap<>();
        List<Object> keys = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            keys.add(new Object());
            map.putIfAbsent(keys.get(i), i);
        }
        assertEquals(1_000, map.clear().size());
        assertEquals(0, map.values().size());
        assertNull(map.get(keys.get(7)));
    }
}
