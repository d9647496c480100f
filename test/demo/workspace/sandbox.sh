# What would be done on a provider's web site, done in the sandbox.
#   sh sandbox.sh topup     pay: all balances are full again
#   sh sandbox.sh expire    the Orders API's access tokens end now
#   sh sandbox.sh signout   its refresh token is dead, too
#   sh sandbox.sh reset     back to the start
curl --silent --show-error --request POST "http://127.0.0.1:9402/_sandbox/${1:?topup, expire, signout or reset}"
