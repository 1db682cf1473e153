#!/usr/bin/env bash
# A session of one screen reader: a screen without a screen, the accessibility bus, a window manager, Orca. Run inside
# dbus-run-session, with ENCART_ORCA (a folder) and ENCART_JOURNAL (what is said).
set -eu
export HOME=$ENCART_ORCA XDG_RUNTIME_DIR=$ENCART_ORCA/run LANG=fr_FR.UTF-8 LANGUAGE=fr
export ACCESSIBILITY_ENABLED=1 GTK_MODULES=gail:atk-bridge GNOME_ACCESSIBILITY=1
mkdir -p "$XDG_RUNTIME_DIR" && chmod 700 "$XDG_RUNTIME_DIR"
Xvfb "$DISPLAY" -screen 0 1280x1000x24 -nolisten tcp &
until xdotool getdisplaygeometry > /dev/null 2>&1; do sleep 0.1; done
gsettings set org.gnome.desktop.interface toolkit-accessibility true
gsettings set org.gnome.desktop.a11y.applications screen-reader-enabled true
/usr/libexec/at-spi-bus-launcher --launch-immediately --a11y=1 --screen-reader=1 &
openbox &
echo "DBUS_SESSION_BUS_ADDRESS=$DBUS_SESSION_BUS_ADDRESS" > "$ENCART_ORCA/bus"
exec orca 2> "$ENCART_ORCA/orca.log"
