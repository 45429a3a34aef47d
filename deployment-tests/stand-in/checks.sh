# What container-check and compose-check share; sourced by both.

# Where containers cannot run at all a check ends with 77, Automake's code for a test that was skipped.
unable() { echo "containers cannot be tried here: $1" >&2; exit 77; }

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
