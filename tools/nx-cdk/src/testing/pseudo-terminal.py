"""Runs a command in a terminal of its own and prints, as JSON, what it wrote to it.

Usage: pseudo-terminal.py COLUMNS ROWS STEPS COMMAND...

STEPS is a JSON list of [text, action, argument], each done once, in order, when the text has been written:
  ["resize", columns]  gives the terminal another width
  ["kill", signal]     sends a signal to the process group in the foreground, as a key does
"""
import fcntl, json, os, pty, signal, struct, sys, termios

columns, rows, steps, command = int(sys.argv[1]), int(sys.argv[2]), json.loads(sys.argv[3]), sys.argv[4:]


def resize(terminal, width):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, width, 0, 0))


pid, terminal = pty.fork()
if pid == 0:
    resize(0, columns)
    os.execvp(command[0], command)

written, seen = b"", 0
while True:
    try:
        chunk = os.read(terminal, 65536)
    except OSError:
        break
    if not chunk:
        break
    written += chunk
    while steps and steps[0][0].encode() in written[seen:]:
        text, action, argument = steps.pop(0)
        seen = len(written)
        if action == "resize":
            resize(terminal, argument)
        else:
            os.killpg(os.tcgetpgrp(terminal), getattr(signal, argument))

status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
print(json.dumps({"output": written.decode().replace("\r\n", "\n"), "status": status, "left": len(steps)}))
