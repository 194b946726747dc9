package dev.tlscope.agent.jsse;

import dev.tlscope.agent.record.Recorder;
import javax.crypto.SecretKey;

/** Sends the values of {@link SecretHooks} to the code that reads them. */
final class SecretDispatch {
    private final boolean on;
    private final SecretTaps schedule;
    private final KeyExchangeTaps exchange;
    private final ProofTaps proofs;

    /** @param on whether secrets are taken at all */
    SecretDispatch(ConnectionTaps connections, Recorder recorder, boolean on) {
        this.on = on;
        this.schedule = new SecretTaps(connections, recorder);
        this.exchange = new KeyExchangeTaps(connections);
        this.proofs = new ProofTaps(connections);
    }

    /** TransportContext.finishHandshake. */
    void handshakeFinished(Object context) {
        if (on) {
            proofs.sessionBegins(context);
        }
    }

    void accept(int hook, Object[] v) throws ReflectiveOperationException {
        if (hook == SecretHooks.FINISHED) {
            proofs.finished(v[0], v[1], (Boolean) v[2], (byte[]) v[3]);
        } else if (on) {
            secret(hook, v);
        }
    }

    private void secret(int hook, Object[] v) throws ReflectiveOperationException {
        switch (hook) {
            case SecretHooks.DERIVATION_MADE:
                schedule.derivationMade(v[0], v[1], (SecretKey) v[2]);
                break;
            case SecretHooks.SECRET_DERIVED:
            case SecretHooks.SECRET_DERIVED_25:
                schedule.derived(v[0], (String) v[1], v[2], (SecretKey) v[3]);
                break;
            case SecretHooks.TRAFFIC_MADE:
                schedule.trafficMade(v[0], v[1]);
                break;
            case SecretHooks.TRAFFIC_DERIVED:
            case SecretHooks.TRAFFIC_DERIVED_25:
            case SecretHooks.TRAFFIC_DATA_25:
                schedule.trafficDerived(v[0], (String) v[1], v[2], v[3]);
                break;
            case SecretHooks.CERTIFICATE_VERIFY:
                proofs.certificateVerify(v[0], v[1], (byte[]) v[2]);
                break;
            case SecretHooks.BINDER_CHECK:
                proofs.binderReceived(v[0], (byte[]) v[1]);
                break;
            case SecretHooks.BINDER_COMPUTED:
                proofs.binderComputed(v[0], (byte[]) v[1], (byte[]) v[2]);
                break;
            case SecretHooks.EXPORTED:
                proofs.exported(v[0], (String) v[1], (byte[]) v[2], (Integer) v[3], v[4]);
                break;
            default:
                exchanged(hook, v);
        }
    }

    private void exchanged(int hook, Object[] v) throws ReflectiveOperationException {
        switch (hook) {
            case SecretHooks.PREMASTER_AGREED:
            case SecretHooks.PREMASTER_AGREED_EC_8:
            case SecretHooks.PREMASTER_AGREED_DH_8:
                exchange.premasterAgreed(v[0], v[1], v[2]);
                break;
            case SecretHooks.SHARED_AGREED:
            case SecretHooks.SHARED_AGREED_EC_8:
            case SecretHooks.SHARED_AGREED_DH_8:
                exchange.sharedAgreed(v[0], v[1], v[2]);
                break;
            case SecretHooks.SHARED_DECAPSULATED:
                exchange.sharedDecapsulated(v[0], v[1], v[2]);
                break;
            case SecretHooks.SHARED_ENCAPSULATED:
                exchange.sharedEncapsulated(v[0], v[1], v[2]);
                break;
            case SecretHooks.PREMASTER_MADE:
            case SecretHooks.PREMASTER_UNWRAPPED:
                exchange.premaster(v[0], v[1], v[2]);
                break;
            case SecretHooks.PREMASTER_REPLACED:
                exchange.premaster(v[0], null, v[1]);
                break;
            case SecretHooks.MASTER_DERIVED:
                exchange.masterDerived(v[0], v[1], v[2]);
                break;
            case SecretHooks.MASTER_SECRET:
                exchange.master(v[0], v[1]);
                break;
            case SecretHooks.KEY_MATERIAL:
                exchange.keyMaterial(v[0], v[1], v[2]);
                break;
            case SecretHooks.BINDER_KEY:
                exchange.binderKey(v[0], v[1], v[2]);
                break;
            default:
                throw new IllegalStateException("no hook has number " + hook);
        }
    }
}
