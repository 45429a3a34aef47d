#!/bin/sh
# In the place of Open Liberty's own, which adds the features that the server's configuration names to a
# small runtime: takes all others out of the full one, so that a feature nobody named is missing as well.
set -e
server package defaultServer --include=minify --archive=/tmp/trimmed.zip
mkdir /tmp/trimmed
unzip -q /tmp/trimmed.zip -d /tmp/trimmed
cd /tmp/trimmed/wlp
for part in *; do
  [ "$part" = usr ] || { rm -rf "/opt/ol/wlp/$part" && cp -Rp "$part" "/opt/ol/wlp/$part"; }
done
chmod 755 /opt/ol/wlp/bin/*
rm -rf /tmp/trimmed* /output/*
