#!/bin/sh
# Installs the named Debian packages as root: no service is started, and PostgreSQL makes no cluster of its own.
set -eu
PATH=/usr/local/sbin:/usr/sbin:/sbin:$PATH  # a plain `su` keeps the ordinary user's, without dpkg's programs
export PATH
if [ "$(id -u)" != 0 ]; then echo "apt-install.sh: must run as root" >&2; exit 2; fi

policy=/usr/sbin/policy-rc.d
clusters=/etc/postgresql-common/createcluster.d
cluster=$clusters/gengang.conf
ours=

clean_up() {
    for path in $ours; do rm -f "$path"; done
}
trap clean_up EXIT
trap 'exit 130' HUP INT TERM

# A machine's own policy is kept: ours is laid down only where there is none, and taken away afterwards.
if [ ! -e "$policy" ]; then
    ours="$ours $policy"
    printf '#!/bin/sh\nexit 101\n' > "$policy"
    chmod 755 "$policy"
fi
case " $* " in
    *" postgresql "*)
        ours="$ours $cluster"
        mkdir -p "$clusters"
        echo 'create_main_cluster = false' > "$cluster"
        ;;
esac

export DEBIAN_FRONTEND=noninteractive
apt-get -qq -o DPkg::Lock::Timeout=300 update || echo "apt-install.sh: the package lists could not be renewed; going on with those there" >&2
apt-get -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 install -y --no-install-recommends "$@" > /dev/null
