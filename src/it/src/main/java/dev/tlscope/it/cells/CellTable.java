package dev.tlscope.it.cells;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/** Collects the cells of a run. */
final class CellTable {
    static final String DOMAIN = "cells.test";
    static final String TLS12 = "TLSv1.2";
    static final String TLS13 = "TLSv1.3";
    static final String[] BOTH = {TLS12, TLS13};

    private final List<HandshakeCell> all = new ArrayList<>();

    /** Creates a new party for each cell. */
    interface PartyFactory {
        Party make() throws GeneralSecurityException, IOException;
    }

    /** Adds a cell in both versions, over both transports. */
    void add(String family, PartyFactory server, PartyFactory client) throws GeneralSecurityException, IOException {
        add(family, BOTH, server, client);
    }

    /** Adds a cell in these versions, over both transports. */
    void add(String family, String[] versions, PartyFactory server, PartyFactory client)
            throws GeneralSecurityException, IOException {
        for (String version : versions) {
            add(family, version, HandshakeCell.SOCKET, server, client);
            add(family, version, HandshakeCell.ENGINE, server, client);
        }
    }

    /** Adds a cell in one version, over both transports. */
    void add(String family, String version, PartyFactory server, PartyFactory client)
            throws GeneralSecurityException, IOException {
        add(family, new String[] {version}, server, client);
    }

    /** Adds one cell. */
    void add(String family, String version, String transport, PartyFactory server, PartyFactory client)
            throws GeneralSecurityException, IOException {
        all.add(new HandshakeCell(all.size(), family, version, transport, of(server, version), of(client, version)));
    }

    List<HandshakeCell> all() {
        return all;
    }

    private static Party of(PartyFactory maker, String version) throws GeneralSecurityException, IOException {
        Party party = maker.make();
        return party instanceof JsseParty ? ((JsseParty) party).orProtocols(version) : party;
    }
}
