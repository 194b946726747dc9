package dev.tlscope.it.cells;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * {@code CauseCells [PATTERN]}: plays every failing cell once, or those whose family matches, and prints a
 * tab-separated line for each.
 */
final class CauseCells {
    private CauseCells() {}

    public static void main(String[] line) throws Exception {
        CellPki pki = new CellPki();
        CellTable cells = new CellTable();
        PrivateKeyCells.add(cells, pki);
        CertificateCells.add(cells, pki);
        ListCells.add(cells, pki);
        AgreementCells.add(cells, pki);
        MessageCells.add(cells, pki);
        SessionCells.add(cells, pki);
        ApplicationCells.add(cells, pki);
        ProtectionCells.add(cells, pki);
        LostCells.add(cells, pki);
        PrivateKeyCells.openWithWrongPassword(pki);
        ExecutorService threads = Executors.newCachedThreadPool();
        for (HandshakeCell cell : cells.all()) {
            if (line.length == 0 || cell.family().matches(line[0])) {
                System.out.println(cell.play(threads));
            }
        }
        threads.shutdown();
        System.out.println("done");
    }
}
