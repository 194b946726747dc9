package dev.tlscope.demo.cells;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** {@code CauseCells}: plays every failing cell once, and prints a line of tabs for each. */
final class CauseCells {
    private CauseCells() {}

    public static void main(String[] line) throws Exception {
        CellPki pki = new CellPki();
        Cells cells = new Cells();
        KeyCells.add(cells, pki);
        CertificateCells.add(cells, pki);
        ListCells.add(cells, pki);
        LostCells.add(cells, pki);
        ExecutorService threads = Executors.newCachedThreadPool();
        for (Cell cell : cells.all()) {
            System.out.println(cell.play(threads));
        }
        threads.shutdown();
        System.out.println("done");
    }
}
