// A critical section without a lock: inside atomic(...) nothing may block, so nobody can come in between. Code that would
// break this, even deep in a library, fails where it stands.
const account = { balance: 100 };

function withdraw(amount, check) {
  return atomic(() => {
    if (account.balance < amount) return false;
    check();
    account.balance -= amount;
    return true;
  });
}

function slowCheck() {
  sleep(10);
}

const withdrawals = [60, 60].map((amount) => spawn(withdraw, amount, () => {}));
console.log('withdrawn:', withdrawals.map((future) => future.value), 'balance:', account.balance);

try {
  withdraw(10, slowCheck);
} catch (error) {
  console.log(`${error.name}: ${error.message}`);
}
console.log('balance:', account.balance);
