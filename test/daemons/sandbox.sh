#!/bin/bash
# Starts PID 1 of private namespaces for the daemon tests. Run by sandbox.ts, in two steps:
#   sandbox.sh join NAME SCRATCH KIND    makes control groups of its own, leaves for new namespaces, then
#   sandbox.sh boot NAME SCRATCH KIND    lays the mounts and becomes PID 1: systemd, or an idle shell that reaps.
# Outside nothing changes but SCRATCH and the control groups listed in SCRATCH/cgroups.NAME: inside, the root is
# read-only, and /run, /tmp, /var/tmp and /etc/systemd/system are empty file systems of the sandbox.
set -eu
step=$1 name=$2 scratch=$3 kind=$4

# The path of this process in the version 1 hierarchy that has controller $1.
own_cgroup() {
  while IFS=: read -r _ controllers path; do
    case ",$controllers," in *",$1,"*) echo "$path" && return ;; esac
  done < /proc/self/cgroup
}

# Joins $1/<where we are>/$name, so that no group of the sandbox mixes with those of the machine.
join_cgroup() {
  local parent=$1$2
  [ -d "$parent" ] || parent=$1
  group=${parent%/}/$name
  mkdir "$group" 2>/dev/null || return 0
  echo "$group" >> "$scratch/cgroups.$name"
  echo $$ > "$group/cgroup.procs" || true
}

if [ "$step" = join ]; then
  while read -r _ directory type options _; do
    case $type in
      cgroup2) join_cgroup "$directory" "$(sed -n 's/^0:://p' /proc/self/cgroup)" ;;
      cgroup)
        for controller in name=systemd memory pids devices freezer blkio cpu cpuacct; do
          case ",$options," in *",$controller,"*) join_cgroup "$directory" "$(own_cgroup "$controller")" ; break ;; esac
        done ;;
    esac
  done < /proc/self/mounts
  # Whoever dies first takes the rest along: the tests this process, this process PID 1, PID 1 everything inside.
  exec setpriv --pdeathsig KILL \
    unshare --fork --kill-child --pid --mount --uts --ipc --net --cgroup -- bash "$0" boot "$name" "$scratch" "$kind"
fi

mount --make-rprivate /
read -r pid _ < /proc/self/stat # as the tests see it: /proc is still theirs
hierarchies=$(awk '$3 == "cgroup" || $3 == "cgroup2" { print $2, $3, $4 }' /proc/self/mounts)
cgroup_root=$(stat -f -c %T /sys/fs/cgroup)

mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/lock /run/gxgen /run/gxgen-units /run/gxgen-scratch
mount --bind "$scratch/seen/$name" /run/gxgen
mount --bind "$scratch" /run/gxgen-scratch
# A clone may itself lie in a folder that is about to be covered, with the Python environment in it.
clone=$(cd "$(dirname "$0")/../.." && pwd -P)
mkdir /run/gxgen-clone && mount --bind "$clone" /run/gxgen-clone
mount -t tmpfs tmpfs /tmp
mount -t tmpfs tmpfs /var/tmp
case $clone in
  /tmp/* | /var/tmp/*) mkdir -p "$clone" && mount --bind /run/gxgen-clone "$clone" ;;
esac
mkdir -p "$scratch"
mount --bind /run/gxgen-scratch "$scratch"
for file in passwd group; do mount --bind "$scratch/$file" "/etc/$file"; done
# systemd tells what it thinks of the units to the kernel's log, which here is a pipe to our own file.
if [ "$kind" = systemd ] && [ -e /dev/kmsg ]; then
  mkfifo /run/gxgen-log && mount --bind /run/gxgen-log /dev/kmsg
  cat < /run/gxgen-log >> "$scratch/log.$name" &
fi
[ ! -d /etc/systemd/system ] || mount -t tmpfs -o mode=755 tmpfs /etc/systemd/system
mount -t proc proc /proc
mount --bind /proc/sys /proc/sys && mount -o remount,bind,ro /proc/sys
mount -t sysfs -o ro sysfs /sys
if [ "$cgroup_root" = cgroup2fs ]; then
  mount -t cgroup2 cgroup2 /sys/fs/cgroup
else
  mount -t tmpfs -o mode=755 tmpfs /sys/fs/cgroup
  while read -r directory type options; do
    case $type:,$options, in
      cgroup2:*) options='' ;;
      *,name=systemd,*) options=none,name=systemd ;;
      *) options=$(basename "$directory") ;;
    esac
    mkdir -p "$directory"
    mount -t "$type" ${options:+-o "$options"} cgroup "$directory"
  done <<< "$hierarchies"
fi
mount -o remount,bind,ro / || echo "the root stays writable" >&2

# Stubs of what the machine's own systemd would bring, without its services.
for target in sysinit basic multi-user network network-online time-sync shutdown umount final sockets timers paths \
  slices local-fs remote-fs nss-user-lookup gxgen-boot; do
  printf '[Unit]\nDescription=stub of %s\nDefaultDependencies=no\n' "$target" > "/run/gxgen-units/$target.target"
done
echo "$pid" > "$scratch/pid.$name"

clean="env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8"
if [ "$kind" = systemd ]; then
  for program in /usr/lib/systemd/systemd /lib/systemd/systemd; do
    [ -x "$program" ] || continue
    exec $clean container=other SYSTEMD_UNIT_PATH=/etc/systemd/system:/run/gxgen-units \
      SYSTEMD_GENERATOR_PATH=/run/gxgen-none SYSTEMD_ENVIRONMENT_GENERATOR_PATH=/run/gxgen-none \
      "$program" --system --unit=gxgen-boot.target --log-target=kmsg --log-level=info --show-status=no
  done
  echo "no systemd" >&2
  exit 9
fi
touch /run/gxgen-idle
exec $clean bash -c 'while :; do sleep 3600 & wait; done'
