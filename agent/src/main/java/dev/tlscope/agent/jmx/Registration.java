package dev.tlscope.agent.jmx;

import dev.tlscope.agent.outcome.RepeatedFailure;
import dev.tlscope.agent.outcome.RepeatedFailures;
import java.util.List;
import java.util.function.Supplier;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** The MBean in the platform's MBean server. The listeners' thread, except for {@link #end}. */
final class Registration {
    static final String NAME = "dev.tlscope:type=Capture";

    private static final String OF_THE_PLATFORM = "java.lang:type=Runtime";

    private final MBeanServer server;
    private final ObjectName name;
    private final CaptureBean bean;

    private Registration(MBeanServer server, ObjectName name, CaptureBean bean) {
        this.server = server;
        this.name = name;
        this.bean = bean;
    }

    /** Registers it; null while there is no platform MBean server. */
    static @Nullable Registration of(Supplier<List<String>> status, RepeatedFailures problems) throws JMException {
        ObjectName platform = new ObjectName(OF_THE_PLATFORM);
        for (MBeanServer each : MBeanServerFactory.findMBeanServer(null)) {
            if (each.isRegistered(platform)) {
                ObjectName name = new ObjectName(NAME);
                CaptureBean bean = new CaptureBean(status, problems);
                each.registerMBean(bean, name);
                return new Registration(each, name, bean);
            }
        }
        return null;
    }

    void notify(RepeatedFailure problem) throws JMException {
        bean.notify(problem);
    }

    void end() throws JMException {
        if (server.isRegistered(name)) {
            server.unregisterMBean(name);
        }
    }
}
