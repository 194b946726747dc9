package dev.tlscope.it.peer;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Runs a task on a separate thread and waits for its end. */
final class OtherThread {
    private OtherThread() {}

    /** Returns or throws the task's result. */
    static <T> T run(String name, Callable<T> task) throws IOException {
        FutureTask<T> future = new FutureTask<>(task);
        new Thread(future, name).start();
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException) {
                throw (IOException) e.getCause();
            }
            throw new IOException(e);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
