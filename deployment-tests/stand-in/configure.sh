#!/bin/sh
# In the place of Open Liberty's own: starts the server once, for its work area. There is no class cache,
# since this is not OpenJ9.
set -e
server start
server stop
chmod -R g+rwx /output/workarea
