package dev.tlscope.it.raw;

import java.security.GeneralSecurityException;

/** Protects the records of one direction and counts them. */
interface RecordCipher {
    /** The whole record, with its header. */
    byte[] seal(int type, byte... content) throws GeneralSecurityException;

    /** The content of a record with that outer type. */
    PlainRecord open(int type, byte... fragment) throws GeneralSecurityException;
}
