package dev.tlscope.agent.stack.jsse;

import static dev.tlscope.agent.stack.jsse.JsseNames.L;
import static dev.tlscope.agent.stack.jsse.JsseNames.SSL;
import static dev.tlscope.agent.weave.Hook.Where.ENTER;
import static dev.tlscope.agent.weave.HookValue.THIS;
import static dev.tlscope.agent.weave.HookValue.arg;

import dev.tlscope.agent.record.CipherEpochs;
import dev.tlscope.agent.stack.jsse.field.JsseCipher;
import dev.tlscope.agent.weave.HookTable;
import dev.tlscope.agent.weave.HookTarget;
import org.jspecify.annotations.Nullable;

/** Follows the change from one cipher to the next, so that a record's epoch is known from the cipher that protects it. */
final class CipherTaps {
    private final CipherEpochs epochs = new CipherEpochs();

    void declare(HookTable table) {
        table.on(SSL + "InputRecord", "changeReadCiphers", ENTER, "(" + L + "SSLCipher$SSLReadCipher;)V")
                .named("read-cipher")
                .pass(THIS, arg(0))
                .to((a, b, c, d, e) -> readCipher(a, b));
        HookTarget writeCipher = (a, b, c, d, e) -> writeCipher(a, b);
        table.on(SSL + "OutputRecord", "changeWriteCiphers", ENTER, "(" + L + "SSLCipher$SSLWriteCipher;Z)V")
                .named("write-cipher")
                .pass(THIS, arg(0))
                .to(writeCipher);
        table.on(SSL + "OutputRecord", "changeWriteCiphers", ENTER, "(" + L + "SSLCipher$SSLWriteCipher;B)V")
                .named("write-cipher-update")
                .pass(THIS, arg(0))
                .to(writeCipher);
    }

    /** The epoch of an SSLReadCipher, or {@link CipherEpochs#UNKNOWN}. */
    int readEpoch(@Nullable Object cipher) {
        return cipher == null ? CipherEpochs.UNKNOWN : epochs.of(cipher, JsseCipher.readsPlaintext(cipher));
    }

    /** The epoch of an SSLWriteCipher, or {@link CipherEpochs#UNKNOWN}. */
    int writeEpoch(Object cipher) {
        return epochs.of(cipher, JsseCipher.writesPlaintext(cipher));
    }

    /** InputRecord.changeReadCiphers, before it changes them. */
    private void readCipher(Object inputRecord, Object next) {
        Object before = JsseCipher.ofInput(inputRecord);
        if (before != null) {
            epochs.changed(before, JsseCipher.readsPlaintext(before), next, JsseCipher.readsTls13(next));
        }
    }

    /** OutputRecord.changeWriteCiphers, before it changes them. */
    private void writeCipher(Object outputRecord, Object next) {
        Object before = JsseCipher.ofOutput(outputRecord);
        if (before != null) {
            epochs.changed(before, JsseCipher.writesPlaintext(before), next, JsseCipher.writesTls13(next));
        }
    }
}
