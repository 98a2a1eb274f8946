"""A thread that asks Deno's language server, so that the kernel's messages need not wait for it."""

import queue
import threading

from language_server import LanguageServer


class Answers:
    """Questions to the language server of a notebook, answered one after the other."""

    def __init__(self, deno, folder):
        self.deno, self.folder, self.server = deno, folder, None
        self.questions, self.done = queue.Queue(), queue.Queue()
        self.open = 0  # questions without an answer yet
        threading.Thread(target=self._work, daemon=True).start()

    def ask(self, question, then):
        """Calls `question(server)` in the thread; `then(answer)` is what `ready` hands back: the answer
        is None where the server failed or could not be started."""
        self.open += 1
        self.questions.put((question, then))

    def ready(self):
        """Finished questions as calls to make in the asker's own thread."""
        while True:
            try:
                answer, then = self.done.get_nowait()
            except queue.Empty:
                return
            self.open -= 1
            yield lambda: then(answer)

    def stop(self):
        if self.server is not None:
            self.server.stop()

    def _work(self):
        while True:
            question, then = self.questions.get()
            try:
                if self.server is None:
                    self.server = LanguageServer(self.deno, self.folder)
                answer = question(self.server)
            except (OSError, TimeoutError, ValueError, KeyError):
                answer = None
                if self.server is not None:  # out of step, perhaps: the next question starts another
                    self.server.stop()
                    self.server = None
            self.done.put((answer, then))
